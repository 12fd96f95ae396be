"""What each report says: a folder a topic, its tables, figures and sentences."""
