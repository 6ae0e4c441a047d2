"""Many reports → parts that share no month → tables of each part, built by the project itself → one release."""
