"""What the runners cost: ``python -m benchmarks`` measures, prints, and writes the tables."""
