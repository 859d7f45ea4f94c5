"""What is true of any text: segments, sentences, numbers, typography."""
