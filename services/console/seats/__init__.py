"""Who sits in front of the page: sessions by cookie, seats taken in them, sign-in and sign-out."""
