"""Letters that leave the office as .docx, editable: the request for approval, the public notice."""
