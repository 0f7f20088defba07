"""Policy as data: terms.toml and one TOML file for each issued document. No code."""
