"""Reports of studies as pages: HTML, PDF, pictures, CSV and open data."""
