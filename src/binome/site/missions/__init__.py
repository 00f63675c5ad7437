"""The job: may an assistant do this?"""
