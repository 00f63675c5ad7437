"""An invoice as the European standard writes it (EN 16931, CII syntax), to be carried by its own PDF: Factur-X.

No duty imposes it on what is exempt of VAT: operations of articles 261 to 261 E of the CGI are outside the reform of invoices.
It is a service to who reads invoices by machine.
"""
