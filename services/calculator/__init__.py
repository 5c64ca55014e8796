"""Lending arithmetic as a question with an answer: a case in the golden form in, JSON out."""
