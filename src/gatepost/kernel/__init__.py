"""The words every room needs: validity, legal basis, rule, notice, actor and event.

Nothing here knows what a declaration, an agency or a database is. A room may
import the kernel; the kernel imports no room.
"""
