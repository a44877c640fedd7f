"""Working together: who is on duty on either side, instructions, committees, accountability."""
