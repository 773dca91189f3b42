;;; An Emacs with a screen, in a terminal of this one, and a user who types -*- lexical-binding: t; no-byte-compile: t -*-
(require 'term)
(defalias 'beep #'ignore) ; the inner Emacs' bell would be written to stdout

(defvar prompts (expand-file-name "../prompts.txt" rig-ws)
  "What was asked and visited in the inner Emacs, a line each.")
(defvar screen nil "Buffer of the inner Emacs' terminal.")

(defun logged (form)
  "Return what appends the value of FORM to the prompts."
  `(write-region (concat ,form "\n") nil ,prompts t 'silent))

(defun start-inner ()
  "Start an Emacs of the same version on app.py, with the user's init file."
  (rig-write prompts "")
  (setq screen (term-ansi-make-term
                "*inner*" (getenv "RIG_EDITOR") nil "-nw" "-Q" "-L" (getenv "RIG_CLIENT")
                "-l" (expand-file-name "autoloads.el" (file-name-directory load-file-name)) "-l" (getenv "RIG_INIT")
                "--eval" (format "%S" `(progn
                                         (setq suggest-key-bindings nil
                                               minibuffer-setup-hook (lambda () ,(logged '(buffer-string)))
                                               find-file-hook (lambda () ,(logged 'buffer-file-name)))
                                         (advice-add 'launch-ls--ask :filter-return
                                                     (lambda (answer)
                                                       ,(logged '(format "-> %s" answer))
                                                       answer))))
                (expand-file-name "app.py" rig-ws))))

(defun type (&rest keys)
  "Type KEYS."
  (process-send-string (get-buffer-process screen) (apply #'concat keys)))

(defun seen (text)
  "Wait until TEXT is on the screen."
  (rig-await (format "%s on the screen:\n%s\n" text (rig-text screen))
             (lambda () (string-search text (rig-text screen))) 15))

(defun contents (file)
  "Return the text of FILE, nothing when there is none."
  (if (file-exists-p file) (with-temp-buffer (insert-file-contents file) (buffer-string)) ""))

(defun await-asked (&rest lines)
  "Wait until the inner Emacs has asked LINES, and been answered, since the last time."
  (let ((wanted (concat (string-join lines "\n") "\n"))
        asked)
    (condition-case failure
        (rig-await (format "prompts %S" lines)
                   (lambda ()
                     (setq asked (contents prompts))
                     (equal asked wanted)))
      (error (error "%s; asked: %S; screen:\n%s" (error-message-string failure) asked (rig-text screen))))
    (rig-write prompts "")))

(defun quit-prompt ()
  "Type C-g until it has its effect: timers of dape swallow it, and it discards what is typed before that."
  (type "\C-g")
  (condition-case nil
      (await-asked "-> nil")
    (error (type "\C-g") (await-asked "-> nil"))))

(rig-run
 (start-inner)
 (await-asked (expand-file-name "app.py" rig-ws))
 ;; A name, completed; a text, a password, a choice.
 (type "\exlaunch-ls-debug\r")
 (await-asked "M-x " "Debug (default asks more): ")
 (type "asks m\t\r")
 (await-asked "Which mode?: none")
 (type "\C-a\C-ktyped\r")
 (await-asked "-> typed" "Password: ")
 (type "s3cret\r")
 (await-asked "-> s3cret" "How fast? (default fast: f): ")
 (type "sl\t\r")
 (await-asked "-> s")
 (rig-await "the program"
            (lambda () (equal (contents (expand-file-name "mode.txt" rig-ws)) "typed n-command s3cret s")) 20)
 (rig-equal (string-search "s3cret" (rig-text screen)) nil)

 ;; The last answers are offered; C-g ends the start without a word.
 (type "\exlaunch-ls-debug\r")
 (await-asked "M-x " "Debug (default asks more): ")
 (type "\r")
 (await-asked "Which mode?: typed")
 (quit-prompt)

 ;; Stopped from another window while it asks: the question goes.
 (type "\exlaunch-ls-debug\r")
 (await-asked "M-x " "Debug (default asks more): ")
 (type "\r")
 (await-asked "Which mode?: typed")
 (type "\C-xo\exlaunch-ls-stop\r")
 (await-asked "M-x " "-> nil")
 (type "\e:(concat \"depth \" (number-to-string (minibuffer-depth)))\r")
 (await-asked "Eval: ")
 (seen "depth 0")

 ;; So it does when the server has ended, and nothing complains.
 (type "\exlaunch-ls-debug\r")
 (await-asked "M-x " "Debug (default asks more): ")
 (type "\r")
 (await-asked "Which mode?: typed")
 (type "\C-xo\e:(delete-process (jsonrpc--process (launch-ls-server (launch-ls-root))))\r")
 (await-asked "Eval: " "-> nil")
 (type "\e:(string-join (seq-filter (lambda (line) (string-search \"rror run\" line)) (split-string (with-current-buffer \"*Messages*\" (buffer-string)) \"\\n\")) \"no-\")\r")
 (await-asked "Eval: ")
 (seen "\"\"")

 ;; A refusal, and the way to its place.
 (type "\exlaunch-ls-debug\r")
 (await-asked "M-x " "Debug (default asks more): ")
 (type "lost\r")
 (seen "nowhere.py does not exist")
 (type "\C-xo\t\r")
 (await-asked (expand-file-name ".vscode/launch.json" rig-ws))

 (type "\C-x\C-c")
 (rig-await "end of the inner Emacs" (lambda () (not (process-live-p (get-buffer-process screen))))))
