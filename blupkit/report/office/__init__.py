"""Files beside a page, made of the page itself: for Word, for PowerPoint, for Excel, for a calendar."""
