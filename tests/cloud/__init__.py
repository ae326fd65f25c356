"""Stand-ins for the services in the cloud, in their documented wire format, and what goes along with a call."""
