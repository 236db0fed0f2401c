B
saved_meanJàø>{¬`?ßgB?