"""The operations, one file per subject: a router, and what the OpenAPI document says of it."""
