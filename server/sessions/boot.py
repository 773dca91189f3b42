"""Begins debugpy's three processes, each unmodified, without the time they lose. Python 3.8 or newer.

    boot.py adapter FOLDER/adapter ARGUMENTS...     the debug adapter; `ahead`: with its launcher beside it
    boot.py launcher FOLDER/launcher ARGUMENTS...   begun by the adapter, or by a terminal in its name
    boot.py debuggee FOLDER ARGUMENTS...            begun by the launcher: the user's program

FOLDER is debugpy's. Every patch stands alone: when what it changes is not there, debugpy stays as it is. The program
sees what it sees under debugpy alone: argv, path, flags, `__main__`, tracebacks, exit code.
"""
import functools
import gc
import importlib
import importlib.util
import os
import sys
import types


def main():
    role, target = sys.argv[1:3]
    del sys.argv[:2]
    if BOOT in getattr(sys, "orig_argv", ()):  # Python 3.10
        at = sys.orig_argv.index(BOOT)
        del sys.orig_argv[at : at + 2]
    # The entry that Python made for this file; it makes none with -I, -P and PYTHONSAFEPATH.
    if not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
        del sys.path[0]
    if "DEBUGPY_LOG_DIR" not in os.environ:  # Who reads debugpy's log wants debugpy as it is.
        is_collecting = gc.isenabled()
        gc.disable()  # Some 200 modules without garbage: a tenth of the time to import them.
        patch(ROLES[role], target)
        if is_collecting:
            gc.enable()
    if "debugpy" not in sys.modules:
        sys.path.insert(0, target)  # From here debugpy finds itself.
    run(target)


# ---- The processes


def adapter(target, begun=None):
    import_debugpy(target + "/../../", "common.messaging", "adapter.launchers")
    patch(list_packages_only_into_a_log)
    patch(answer_packets_at_once)
    patch(refuse_other_users)
    patch(begin_the_launcher_here, begun)
    patch(refuse_when_the_launcher_ends)
    patch(hear_of_a_program_that_ends)
    patch(end_with_the_client)
    patch(tell_output_before_the_end)


def ahead(target):
    """The launcher needs 60 ms for its imports, whatever it will start: they pass beside the adapter's own."""
    adapter(target, patch(begin_a_waiting_launcher, target))


def launcher(target):
    import_debugpy(target + "/../../", "common.messaging", "launcher.debuggee", "launcher.handlers")
    patch(list_packages_only_into_a_log)
    patch(answer_packets_at_once)
    patch(begin_the_program_here)
    patch(tell_of_a_signal)


def waiting(target):
    """A launcher whose folder and arguments come later, as a line of JSON; none comes when it is not needed."""
    import json

    pipe = int(sys.argv.pop())
    launcher(target)
    with open(pipe, encoding="utf-8") as orders:
        order = orders.readline()
    if not order:
        os._exit(0)
    cwd, sys.argv[1:] = json.loads(order)
    if cwd is not None:
        os.chdir(cwd)


def debuggee(target):
    later = [
        Later("xmlrpc.client", "ServerProxy", "Marshaller", "Server"),
        Later("xmlrpc.server", "SimpleXMLRPCServer"),
        Later("http.server", "BaseHTTPRequestHandler"),
    ]
    import_debugpy(target + "/../", "server.cli", later=later)
    patch(list_packages_only_into_a_log)
    patch(hide_this_file_from_stacks)
    hurry_pydevd()


def child():
    """A process that the program started, and that pydevd followed: this file is imported there, as a module."""
    from _pydevd_bundle import pydevd_defaults

    if pydevd_defaults.PydevdCustomization.PREIMPORT:  # It was this file; what it should have been comes next.
        # FOLDER/_vendored/pydevd/_pydevd_bundle/pydevd_defaults.py
        sys.path.insert(0, os.path.abspath(pydevd_defaults.__file__ + "/../../../../.."))
        try:
            importlib.import_module("debugpy._vendored.force_pydevd")
        finally:
            del sys.path[0]
    hurry_pydevd()


def hurry_pydevd():
    # Where pydevd.py is the program of a child, a second copy of it may be imported as a module.
    for name in ("pydevd", "__main__"):
        module = sys.modules.get(name)
        if hasattr(module, "PyDB"):
            patch(nap_shortly, module)
            patch(send_packets_at_once, module)
            patch(let_the_reader_end, module)
    patch(end_with_the_program)
    patch(hurry_children)


# ---- The patches


def patch(change, *args):
    try:
        return change(*args)
    except Exception:
        return None


def instead_of(owner, name):
    """The decorated function takes the place of the owner's, and gets that as its first argument."""
    original = getattr(owner, name)

    def put(function):
        changed = functools.wraps(original)(lambda *args, **options: function(original, *args, **options))
        setattr(owner, name, changed)

    return put


def list_packages_only_into_a_log():
    """Each process lists every installed distribution, 1 ms each, even when no log is there to hold the list."""
    from debugpy.common import log

    if "info" in log._levels:
        return

    @instead_of(log, "describe_environment")
    def describe_environment(describe, header):
        if "info" in log._levels:
            describe(header)


def answer_packets_at_once():
    """
    pydevd writes header and body apart and without TCP_NODELAY, so that the body waits for the header's delayed ACK:
    40 ms a message on Linux. https://github.com/microsoft/debugpy/issues/2054
    Lines are read byte by byte, each a system call; a buffer makes them one.
    """
    import io
    import socket

    from debugpy.common import messaging

    quick_ack = getattr(socket, "TCP_QUICKACK", None)

    class Packets(io.RawIOBase):
        def __init__(self, raw, sock):
            self.raw = raw
            self.sock = sock

        def readable(self):
            return True

        def readinto(self, buffer):
            if quick_ack is not None:  # The kernel forgets it, so before each read.
                self.sock.setsockopt(socket.IPPROTO_TCP, quick_ack, 1)
            return self.raw.readinto(buffer)

    class Reader:
        """Without a close that waits for the thread that reads: the stream ends its socket, which wakes that thread."""

        def __init__(self, buffered):
            self.readline = buffered.readline
            self.read = buffered.read

        def close(self):
            pass

    @instead_of(messaging.JsonIOStream, "from_socket")
    def from_socket(make, sock, *args, **options):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream = make(sock, *args, **options)
        if stream._reader is stream._writer:
            stream._reader = Reader(io.BufferedReader(Packets(stream._reader, sock), 1 << 16))
        return stream


def refuse_other_users():
    """
    Who reaches the adapter's port for child sessions may run code as this user, and who comes before the launcher gets
    the program's environment. Linux tells whose a connection is; sudo's launcher is root's.
    """
    import socket
    import struct

    from debugpy.common import sockets

    def text(address):
        return "%08X:%04X" % (*struct.unpack("=I", socket.inet_aton(address[0])), address[1])

    def is_of(users, sock):
        if sock.family != socket.AF_INET:
            return True
        try:
            rows = open("/proc/net/tcp")
        except OSError:
            return True
        with rows:
            # Only of an established connection (01) is the other end's user known.
            wanted = [text(sock.getpeername()), text(sock.getsockname()), "01"]
            return any(row[1:4] == wanted and int(row[7]) in users for row in map(str.split, rows))

    @instead_of(sockets, "serve")
    def serve(serve, name, handler, *args, **options):
        def handle(sock):
            users = {"Client": [os.getuid()], "Launcher": [os.getuid(), 0]}.get(name)
            if users is None or patch(is_of, users, sock):
                handler(sock)
            else:
                sock.close()

        return serve(name, handle if hasattr(os, "getuid") else handler, *args, **options)


def begin_a_waiting_launcher(target):
    """
    Only where a process inherits just what it is given. Returns a function that gives it its order and answers with it;
    None when it is not the one that is wanted, and then it ends.
    """
    import json
    import subprocess

    if os.name != "posix":
        return None
    wanted = [sys.executable, BOOT, "launcher", target + "/../../debugpy/launcher"]
    environment = dict(os.environ)
    read, write = os.pipe()
    process = subprocess.Popen(
        [sys.executable, BOOT, "waiting", wanted[3], str(read)],
        pass_fds=[read],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(read)

    def begin(command, cwd, env):
        # Where the folder is missing, debugpy's own start has the words for it.
        is_wanted = command[:4] == wanted and env == environment and (cwd is None or os.path.isdir(cwd))
        with open(write, "w", encoding="utf-8") as pipe:
            if is_wanted:
                pipe.write(json.dumps([cwd, command[4:]]) + "\n")
        return process if is_wanted else None

    return begin


def begin_the_launcher_here(begun):
    """`python FOLDER/launcher …` becomes `python boot.py launcher FOLDER/launcher …`, in terminals too."""
    import subprocess

    from debugpy import launcher as package
    from debugpy.adapter import launchers

    own_path = os.path.dirname(package.__file__)

    @instead_of(launchers, "spawn_debuggee")
    def spawn_debuggee(spawn, session, start_request, python, launcher_path, *args, **options):
        if launcher_path == own_path:
            python = [*python, BOOT, "launcher"]
        return spawn(session, start_request, python, launcher_path, *args, **options)

    class Processes:
        """What `launchers` sees as `subprocess`: the same, but for a launcher that waits already."""

        def __getattr__(self, name):
            return getattr(subprocess, name)

        def Popen(self, command, cwd=None, env=None, **options):
            process = begun and begun(command, cwd, env)
            return process or subprocess.Popen(command, cwd=cwd, env=env, **options)

    launchers.subprocess = Processes()


def refuse_when_the_launcher_ends():
    """debugpy waits a minute for the connection of a launcher that has ended, as one does whose Python is broken."""
    import threading

    from debugpy.adapter import launchers, sessions

    starting = []  # the session and its request, while a launcher is begun
    ended = []

    @instead_of(launchers, "spawn_debuggee")
    def spawn_debuggee(spawn, session, start_request, *args, **options):
        starting.append((session, start_request))
        try:
            return spawn(session, start_request, *args, **options)
        finally:
            starting.clear()

    @instead_of(launchers.subprocess, "Popen")
    def begin(popen, command, **options):
        process = popen(command, **options)
        for session, _ in starting:
            threading.Thread(target=follow, args=(process, command[0], session), daemon=True).start()
        return process

    def follow(process, python, session):
        code = process.wait()
        ended.append("%s ended with code %s before it began the program." % (python, code))
        session.notify_changed()

    @instead_of(sessions.Session, "wait_for")
    def wait_for(wait, session, predicate, timeout=None):
        def is_over():
            if predicate():
                return True
            for _, start_request in starting if ended and not session.launcher else ():
                raise start_request.cant_handle("{0}", ended[0])
            return False

        return wait(session, is_over, timeout)


def hear_of_a_program_that_ends():
    """
    debugpy locks the session while it waits, for a minute, for the program's connection. So it does not hear of the end
    of one that cannot connect, as a Python that is given an option or a home that it cannot use.
    """
    import threading

    from debugpy.adapter import servers

    @instead_of(servers, "wait_for_connection")
    def wait_for_connection(wait, session, predicate, timeout=None):
        if timeout == 0 or not session.launcher:
            return wait(session, predicate, timeout)
        found = []

        def look():
            found.append(wait(session, predicate, timeout))
            session.notify_changed()

        threading.Thread(target=look, daemon=True).start()
        # This unlocks it. When the client leaves meanwhile, nobody waits for the program.
        session.wait_for(lambda: found or not session.client.is_connected)
        return found[0] if found else None


def end_with_the_client():
    """
    debugpy hears that its client is gone when it has done what that has asked for: a start may take it a minute. The
    launcher ends the program when the adapter is gone.
    """
    import threading

    from debugpy.common import messaging

    @instead_of(messaging.JsonIOStream, "from_stdio")
    def from_stdio(make, *args, **options):
        stream = make(*args, **options)
        read_json = stream.read_json

        def read(*args, **options):
            try:
                return read_json(*args, **options)
            except messaging.NoMoreMessages:
                timer = threading.Timer(2, os._exit, [1])
                timer.daemon = True
                timer.start()
                raise

        stream.read_json = read
        return stream


def tell_output_before_the_end():
    """
    debugpy holds events back until it has answered `launch`. A short program without debugging has ended by then, and
    so has one that could not be debugged: its output came behind `terminated`, where no client looks.
    """
    from debugpy.adapter import launchers

    @instead_of(launchers.Launcher, "terminated_event")
    def terminated_event(tell, launcher, event):
        with launcher.session:
            patch(launcher.client._propagate_deferred_events)
            return tell(launcher, event)


def begin_the_program_here():
    """`python FOLDER --connect …` becomes `python boot.py debuggee FOLDER --connect …`."""
    import debugpy
    from debugpy.launcher import debuggee as module

    own_path = os.path.dirname(debugpy.__file__)

    @instead_of(module, "spawn")
    def spawn(begin, process_name, command, *args, **options):
        if own_path in command:  # Not with noDebug.
            at = command.index(own_path)
            command = [*command[:at], BOOT, "debuggee", *command[at:]]
        return begin(process_name, command, *args, **options)


def tell_of_a_signal():
    """To debugpy the end by SIGKILL and `sys.exit(247)` are the same. Said behind the output, unless it was asked for."""
    import signal

    from debugpy import launcher as package
    from debugpy.launcher import debuggee as module

    asked = []

    @instead_of(module, "kill")
    def kill(kill_it):
        asked.append(True)
        return kill_it()

    @instead_of(module.output, "wait_for_remaining_output")
    def wait_for_remaining_output(wait):
        wait()
        patch(tell)

    def tell():
        number = -module.process.returncode
        if number > 0 and not asked:
            text = "Ended by signal %d (%s).\n" % (number, signal.Signals(number).name)
            package.channel.send_event("output", {"category": "console", "output": text, "data": {"signal": number}})


def hide_this_file_from_stacks():
    """As debugpy hides its own files: by the end of the path."""
    from debugpy.server import api

    @instead_of(api, "_settrace")
    def _settrace(settrace, *args, **options):
        if "dont_trace_end_patterns" in options:
            options["dont_trace_end_patterns"] += (BOOT,)
        return settrace(*args, **options)


def nap_shortly(pydevd):
    """
    pydevd sleeps 100 ms "to give threads time to start", for which `Thread.start` has waited already, and asks every
    100 ms whether its threads have ended.
    """

    class Time:
        def __getattr__(self, name):
            return getattr(time, name)

        def sleep(self, seconds):
            time.sleep(min(seconds, 0.001) if seconds <= 0.1 else seconds)

    time = pydevd.time
    pydevd.time = Time()


def send_packets_at_once(pydevd):
    """The other end of `answer_packets_at_once`, for systems that have no TCP_QUICKACK."""
    import socket

    @instead_of(pydevd.PyDB, "initialize_network")
    def initialize_network(initialize, debugger, sock, *args, **options):
        if getattr(sys.modules.get(__name__), "BOOT", None) == BOOT:  # In a child: that import is over.
            del sys.modules[__name__]
        patch(sock.setsockopt, socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return initialize(debugger, sock, *args, **options)


def let_the_reader_end(pydevd):
    """At the end pydevd waits for its reader, which waits for the end of that very waiting: 500 ms each time."""
    from _pydev_bundle._pydev_saved_modules import threading

    @instead_of(pydevd.PyDB, "dispose_and_kill_all_pydevd_threads")
    def dispose_and_kill_all_pydevd_threads(dispose, debugger, wait=True, *args, **options):
        is_waited_for = debugger.pydb_disposed and threading.current_thread() is debugger.reader
        return dispose(debugger, wait and not is_waited_for, *args, **options)


def end_with_the_program():
    """pydevd's thread that keeps the process until all is sent looks every 200 ms whether the program has ended."""
    from _pydev_bundle._pydev_saved_modules import threading
    from _pydevd_bundle.pydevd_constants import get_global_debugger

    def is_users(thread):
        return not (thread.daemon or getattr(thread, "is_pydev_daemon_thread", False))

    def look_now():
        debugger = get_global_debugger()
        if debugger is not None and not any(map(is_users, set(threading.enumerate()) - {threading.main_thread()})):
            debugger.check_alive_thread._wait_event.set()

    threading._register_atexit(lambda: patch(look_now))  # Python 3.9


def hurry_children():
    """This file comes to them with what pydevd has them import (`python FILE`), or with its code (`python -c`)."""
    from _pydev_bundle import pydev_monkey

    folder, name = os.path.split(BOOT)
    module = name[: -len(".py")]
    code = IMPORT_QUIETLY.format(folder, module)

    @instead_of(pydev_monkey, "_get_setup_updated_with_protocol_and_ppid")
    def _get_setup_updated_with_protocol_and_ppid(prepare, *args, **options):
        setup = prepare(*args, **options)
        if setup.get("preimport"):
            setup["preimport"] = folder + ";" + module
        return setup

    @instead_of(pydev_monkey, "_get_python_c_args")
    def _get_python_c_args(add, *args, **options):
        text = add(*args, **options)
        is_text = isinstance(text, str)
        return text.replace("import pydevd; ", "import pydevd; exec(%r, {}); " % code, 1) if is_text else text


# ---- How they are begun


def import_debugpy(entry, *modules, later=()):
    """Imports it by the very path that debugpy itself would, and leaves nothing of it in `sys.path`."""
    later = [*later, Later("importlib.metadata")]
    sys.path.insert(0, entry)
    for module in later:
        patch(module.stand_in)
    try:
        for module in modules:
            importlib.import_module("debugpy." + module)
    finally:
        for module in later:
            module.step_aside()
        sys.path.remove(entry)


class Later(types.ModuleType):
    """
    Stands for a module of Python's while debugpy, which hardly ever uses it, is imported: together 25 of 70 ms. Of the
    module itself nothing is there but the functions named; what else is asked of it loads it.
    """

    def __init__(self, name, *functions):
        super().__init__(name)
        for function in functions:
            setattr(self, function, self.caller(function))

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.load(), name)

    def caller(self, function):
        return lambda *args, **options: getattr(self.load(), function)(*args, **options)

    def load(self):
        self.step_aside()
        return importlib.import_module(self.__name__)

    def stand_in(self):
        parent, _, name = self.__name__.rpartition(".")
        if self.__name__ not in sys.modules:
            setattr(importlib.import_module(parent), name, self)
            sys.modules[self.__name__] = self

    def step_aside(self):
        parent, _, name = self.__name__.rpartition(".")
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
            delattr(sys.modules[parent], name)


def run(folder):
    """As `python FOLDER` does: in a `__main__` with nothing of ours, and down to the frames of a traceback."""
    import runpy

    class Main:
        """Answers the one question of runpy, so that `sys.path` needs no entry that somebody had to remove."""

        @staticmethod
        def find_spec(name, path=None, target=None):
            sys.meta_path.remove(Main)
            return importlib.util.spec_from_file_location(name, os.path.join(folder, "__main__.py"))

    sys.meta_path.insert(0, Main)
    own = sys.modules["__main__"].__dict__
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    main.__dict__.update((name, own[name]) for name in OF_PYTHON if name in own)
    if "debugpy" in sys.modules:
        main.debugpy = sys.modules["debugpy"]  # It leaves out an import that is done.
    try:
        runpy._run_module_as_main("__main__", False)
    except SystemExit:
        raise
    except BaseException:

        @instead_of(sys, "excepthook")
        def excepthook(show, kind, value, traceback):
            while traceback is not None and traceback.tb_frame.f_code.co_filename == BOOT:
                traceback = traceback.tb_next
            sys.excepthook = show
            sys.last_traceback = value.__traceback__ = traceback
            show(kind, value, traceback)

        raise


BOOT = __file__
OF_PYTHON = ("__loader__", "__annotations__", "__builtins__")
ROLES = {"adapter": adapter, "ahead": ahead, "launcher": launcher, "waiting": waiting, "debuggee": debuggee}
IMPORT_QUIETLY = """
import sys
sys.path.insert(0, {0!r})
try:
    __import__({1!r})
except Exception:
    pass
finally:
    sys.path.remove({0!r})
"""
if __name__ == "__main__":
    main()
else:
    patch(child)
