"""What launch-ls says beyond the protocol, for vimspector."""

from vimspector import utils
from vimspector.custom.python import Debugpy


LITERALS = str.maketrans("\ue000\ue001", "$~")


class LaunchLs(Debugpy):
    def __init__(self, session):
        super().__init__(session)
        arguments = session._launch_config
        arguments.update({key: value.translate(LITERALS) for key, value in arguments.items() if isinstance(value, str)})

    def OnRequest_launchLsPrompt(self, message):
        value = utils.Call("launch_ls#Ask", message["arguments"])
        self.parent.Connection().DoResponse(message, None, {"value": value})
        return True

    def OnEvent_launchLsSession(self, message):
        """Of a compound, which member this session is."""
        self.parent.name = message["body"]["name"]
        return True

    def OnEvent_initialized(self, message):
        """vimspector would ask for each exception filter at every start: '' is the filter's own default."""
        chosen = self.parent._configuration.setdefault("breakpoints", {}).setdefault("exception", {})
        for each in self.parent._server_capabilities.get("exceptionBreakpointFilters", []):
            chosen.setdefault(each["filter"], "")
        return False
