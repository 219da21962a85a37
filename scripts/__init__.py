"""What readies a machine for this project: standard library only, and runs on whatever Python the machine has."""
