"""What launch-ls says beyond the protocol, for vimspector."""

import vim

from vimspector import utils
from vimspector.custom.python import Debugpy


LITERALS = str.maketrans("\ue000\ue001", "$~")

# What nobody was asked yet: the session, its connection, and the message.
QUESTIONS = []
is_asking = False


def ask():
    """One question after the other. A session may have ended before it is its turn."""
    global is_asking
    if is_asking:
        return
    is_asking = True
    try:
        while QUESTIONS:
            session, connection, message = QUESTIONS.pop(0)
            if session.Connection() is connection:
                value = utils.Call("launch_ls#Ask", message["arguments"])
                connection.DoResponse(message, None, {"value": value})
    finally:
        is_asking = False


def tell_silence(session):
    """Where launch-ls ends before it has answered anything: vimspector says nothing, and waits."""
    said = []
    hear, end = session.OnServerStderr, session.OnServerExit

    def heard(text):
        said.append(text)
        hear(text)

    def ended(status):
        del session.OnServerStderr, session.OnServerExit
        is_silent = not session._server_capabilities and session._run_on_server_exit is None
        end(status)
        if is_silent:
            text = utils.Call("launch_ls#Silence", status, "".join(said))
            session._splash_screen = utils.DisplaySplash(session._api_prefix, session._splash_screen, text)

    session.OnServerStderr, session.OnServerExit = heard, ended


class LaunchLs(Debugpy):
    def __init__(self, session):
        super().__init__(session)
        arguments = session._launch_config
        arguments.update({key: value.translate(LITERALS) for key, value in arguments.items() if isinstance(value, str)})
        if arguments.get("launchLs"):
            session.name = str(arguments["configuration"])  # vimspector keeps that of an earlier start
            tell_silence(session)
        if arguments.get("launchLs") and "file" not in arguments:
            place = utils.Call("launch_ls#Place")
            arguments.update(place)
            session._configuration["configuration"].update(place)  # what a restart starts again

    def OnRequest_launchLsPrompt(self, message):
        QUESTIONS.append((self.parent, self.parent.Connection(), message))
        if not is_asking:
            vim.eval("launch_ls#Later()")
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
