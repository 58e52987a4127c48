"""How a table gets out of a file, text or workbook, with its headings: whole, or refused with the place."""
