"""Sends predictions and ground truth to Plumbline in the background."""

from ._client import Client
from ._report import ClientError, RejectedRow, Stats
from ._rows import Actual, Prediction

__all__ = ["Actual", "Client", "ClientError", "Prediction", "RejectedRow", "Stats"]
__version__ = "0.1.0"
