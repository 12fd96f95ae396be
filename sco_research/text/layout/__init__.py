"""What the lines of a page are: paragraphs, headings, sections, datelines, signatures."""
