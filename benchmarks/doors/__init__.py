"""What is read of the same figures in PDFs, workbooks and scans, beside what others read of the same files."""
