"""A Spark cluster on the loopback interface builds what one machine builds."""

from __future__ import annotations
