"""Licences, permits, certificates and other documents (LPCO) that satisfy a need."""
