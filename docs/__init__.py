"""Documents of the project, and the program that generates some of them."""
