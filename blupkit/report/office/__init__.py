"""Files for Word beside a page, made of the page itself."""
