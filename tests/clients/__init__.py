"""What people open the file with; run by `make test-bi`, as the packages are extras."""
