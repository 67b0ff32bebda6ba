"""What was said: article text, web pages and event tables become event records."""
