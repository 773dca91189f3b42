;;; launch-ls-server.el --- The language server of launch-ls  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: MIT

;;; Commentary:

;; One server for each folder with a .vscode/launch.json, spoken to over a
;; connection of our own: a session can be started beside any language server
;; of Python, and without one.

;;; Code:

(require 'jsonrpc)
(require 'seq)
(require 'subr-x)
(require 'url-parse)
(require 'url-util)

(defgroup launch-ls nil
  "Debug what .vscode/launch.json says."
  :group 'tools
  :prefix "launch-ls-"
  :link '(url-link "https://github.com/launch-ls/launch-ls"))

(defcustom launch-ls-command nil
  "How the server is started: a list of the program and its arguments.
When nil, it is the program `launch-ls' if there is one, else the
server in the checkout that this file is part of."
  :type '(choice (const :tag "Find it" nil) (repeat string)))

(defcustom launch-ls-settings nil
  "Settings of the server, a property list that is sent to it as an object.
For example (:debugpy (:justMyCode :json-false))."
  :type 'plist)

(defcustom launch-ls-commands nil
  "What the commands that launch.json names give in Emacs.
An alist of the command's name and a function of its arguments
that returns a string, or nil to cancel."
  :type '(alist :key-type string :value-type function))

(defvar launch-ls-message-functions nil
  "Functions of a method and its parameters, for what the server sends.
A function that knows the method returns non-nil.  For a request
it returns a function that is given a function to reply with,
now or later.")

(defvar launch-ls-lost-hook nil
  "Functions that are called when a server has ended.")

(defconst launch-ls--directory
  (file-name-directory (file-truename (or load-file-name buffer-file-name default-directory))))

(defconst launch-ls--patience 86400
  "Seconds to wait for an answer that may take as long as it likes.")

(defvar launch-ls--patience-of-start 15
  "Seconds to wait for a server that was just started.")

;;; Folders

(defun launch-ls-root (&optional file)
  "Return the nearest folder at or above FILE that has a launch.json.
FILE is that of the current buffer by default, or its directory.
Nil when there is none, or FILE is on another machine."
  (let ((from (or file buffer-file-name default-directory)))
    (unless (file-remote-p from)
      (when-let ((root (locate-dominating-file from ".vscode/launch.json")))
        (directory-file-name (expand-file-name root))))))

(defun launch-ls-uri (file)
  "Return the URI of FILE."
  (concat "file://" (if (eq system-type 'windows-nt) "/" "")
          (url-hexify-string (expand-file-name file) url-path-allowed-chars)))

(defun launch-ls-uri-file (uri)
  "Return the name of the file that URI means."
  (let ((path (decode-coding-string (url-unhex-string (url-filename (url-generic-parse-url uri))) 'utf-8)))
    (if (eq system-type 'windows-nt) (substring path 1) path)))

(defun launch-ls-find-command ()
  "Return the program and arguments of the server."
  (let ((bundle (expand-file-name "../../out/launch-ls.cjs" launch-ls--directory)))
    (cond ((stringp launch-ls-command)
           (user-error "`launch-ls-command' is a list: of the program and its arguments, such as %S"
                       '("launch-ls" "--stdio")))
          (launch-ls-command)
          ((executable-find "launch-ls") (list "launch-ls" "--stdio"))
          ((file-exists-p bundle) (list "node" bundle "--stdio"))
          (t (user-error "The server launch-ls is not found: npm install --global launch-ls, \
or set `launch-ls-command'")))))

;;; Positions: lines and UTF-16 code units, from 0

(defun launch-ls-position (place)
  "Return where in the current buffer PLACE of the protocol is."
  (save-excursion
    (goto-char (point-min))
    (forward-line (plist-get place :line))
    (let ((units (plist-get place :character)))
      (while (and (> units 0) (not (eolp)))
        (setq units (- units (launch-ls--utf-16-length (string (char-after)))))
        (forward-char)))
    (point)))

(defun launch-ls-utf-16-column ()
  "Return the column of point."
  (launch-ls--utf-16-length (buffer-substring-no-properties (line-beginning-position) (point))))

(defun launch-ls--utf-16-length (text)
  "Return the number of UTF-16 code units of TEXT."
  (+ (length text) (seq-count (lambda (character) (> character #xffff)) text)))

;;; What the user is in

(defun launch-ls-editor-state ()
  "Return what the server has to know of the file that the user is in.
In a buffer that is no file, a debugger's for example, it is the last one."
  (let ((here (current-buffer)))
    (with-current-buffer (launch-ls--file-buffer)
      (save-excursion
        (when-let ((window (and (not (eq here (current-buffer))) (get-buffer-window nil t))))
          (goto-char (window-point window)))
        (append (when buffer-file-name
                  (list :file buffer-file-name
                        :line (line-number-at-pos nil t)
                        :column (1+ (launch-ls-utf-16-column))))
                (when (use-region-p)
                  (list :selectedText (buffer-substring-no-properties (region-beginning) (region-end))))
                (list :env (launch-ls--environment)))))))

(defun launch-ls--file-buffer ()
  "Return the current buffer when it is a file, else that of the last file."
  (or (seq-find (lambda (buffer)
                  (when-let ((file (buffer-file-name buffer)))
                    (not (or (file-remote-p file) (string-prefix-p " " (buffer-name buffer))))))
                (cons (current-buffer) (buffer-list)))
      (current-buffer)))

(defun launch-ls--environment ()
  "Return the environment that programs of the current buffer get."
  (let ((environment (make-hash-table :test #'equal)))
    ;; The first entry of a name counts; one without a value unsets it.
    (dolist (bytes (reverse process-environment))
      (let ((entry (decode-coding-string bytes (or locale-coding-system 'utf-8) t)))
        (if (string-match "\\`\\([^=]+\\)=\\(\\(?:.\\|\n\\)*\\)\\'" entry)
            (let ((name (match-string 1 entry))
                  (value (match-string 2 entry)))
              ;; JSON cannot carry bytes that are no text.
              (unless (seq-some (lambda (character) (> character #x10ffff)) value)
                (puthash name value environment)))
          (remhash entry environment))))
    environment))

;;; Connections

(defclass launch-ls-connection (jsonrpc-process-connection) ()
  :documentation "A server, and the folder it serves.")

(cl-defmethod jsonrpc-connection-send :around ((connection launch-ls-connection)
                                               &key id result &allow-other-keys)
  "Let a dispatcher of CONNECTION answer the request ID later.
It may give a function for RESULT: that is called with a function to reply
with, whose arguments are a value, and instead of it why there is none."
  (if (functionp result)
      (funcall result
               (lambda (value &optional failure)
                 ;; Meanwhile the server may have ended.
                 (when (jsonrpc-running-p connection)
                   (if failure
                       (jsonrpc-connection-send connection :id id :error (list :code -32603 :message failure))
                     (jsonrpc-connection-send connection :id id :result value)))))
    (cl-call-next-method)))

(defvar launch-ls--connections (make-hash-table :test #'equal)
  "Servers by their folder.")

(defvar launch-ls--leaving nil
  "Whether Emacs is about to end.")

(defun launch-ls-server (root)
  "Return the server of the folder ROOT, and start it when it does not run."
  (let ((connection (gethash root launch-ls--connections)))
    (if (and connection (jsonrpc-running-p connection))
        connection
      (puthash root (launch-ls--connect root) launch-ls--connections))))

(defun launch-ls--connect (root)
  "Start a server for the folder ROOT."
  (let* ((name (format "launch-ls %s" root))
         (default-directory (file-name-as-directory root))
         (command (launch-ls-find-command))
         (connection
          (apply #'make-instance 'launch-ls-connection
                 :name name
                 :process (lambda () (launch-ls--process name command))
                 :request-dispatcher #'launch-ls--requested
                 :notification-dispatcher #'launch-ls--notified
                 :on-shutdown (lambda (ended)
                                (when (eq ended (gethash root launch-ls--connections))
                                  (launch-ls--lost root name)))
                 (if (slot-exists-p 'jsonrpc-connection '-events-buffer-config)
                     '(:events-buffer-config (:size 0 :format full))
                   '(:events-buffer-scrollback-size 0)))))
    (launch-ls--initialize connection root name)
    (jsonrpc-notify connection 'initialized (make-hash-table))
    connection))

(defun launch-ls--initialize (connection root name)
  "Introduce us to the server of CONNECTION, for the folder ROOT.
One that does not answer is ended.  NAME is that of the buffer of its errors."
  (let (answered)
    (unwind-protect
        (condition-case failure
            (progn
              (jsonrpc-request connection 'initialize (launch-ls--initialization root)
                               :timeout launch-ls--patience-of-start)
              (setq answered t))
          (error
           (user-error "The server does not start (%s): buffer *%s stderr* has its last words, \
`launch-ls-command' says how it is started"
                       (or (cdr (assq 'jsonrpc-error-message (cdr (cdr-safe failure))))
                           (string-trim (error-message-string failure)))
                       name)))
      (unless answered (delete-process (jsonrpc--process connection))))))

(defun launch-ls--process (name command)
  "Start COMMAND; NAME ties it to the buffer of its errors, as jsonrpc.el wants."
  (unless (executable-find (car command))
    (user-error "The server cannot be started: there is no program %s (see `launch-ls-command')" (car command)))
  (make-process :name "launch-ls" :command command :connection-type 'pipe :noquery t
                :coding 'utf-8-emacs-unix
                :stderr (get-buffer-create (format "*%s stderr*" name))))

(defun launch-ls--lost (root name)
  "Tell that the server of the folder ROOT has ended.
NAME is that of the buffer of its errors."
  (unless launch-ls--leaving
    ;; Not in a sentinel: it may leave the minibuffer.
    (run-at-time 0 nil #'run-hooks 'launch-ls-lost-hook)
    (message "The server of %s has ended: the next command starts it again. Buffer *%s stderr* has its last words"
             (abbreviate-file-name root) name)))

(defun launch-ls--initialization (root)
  "Return the parameters of `initialize' for the folder ROOT."
  (list :processId (emacs-pid)
        :clientInfo (list :name "Emacs" :version emacs-version)
        :rootUri (launch-ls-uri root)
        :workspaceFolders (vector (list :uri (launch-ls-uri root) :name (file-name-nondirectory root)))
        :initializationOptions (or launch-ls-settings (make-hash-table))
        :capabilities
        (list :experimental
              (list :debug (list :prompt t :commands (vconcat (mapcar #'car launch-ls-commands)))))))

(defun launch-ls-request (root method params &optional on-refusal)
  "Ask the server of the folder ROOT and wait for the answer.
METHOD is a symbol, PARAMS a property list, an empty one means {}.
When the server refuses, call ON-REFUSAL with the error and return nil."
  (let ((connection (launch-ls-server root)))
    (condition-case failure
        (jsonrpc-request connection method (or params (make-hash-table)))
      (jsonrpc-error
       (let* ((details (cdr failure))
              (told (launch-ls--in-words
                     (list :code (alist-get 'jsonrpc-error-code details)
                           :message (or (alist-get 'jsonrpc-error-message details)
                                        (error-message-string failure))
                           :data (alist-get 'jsonrpc-error-data details))
                     method)))
         (unless on-refusal (user-error "%s" (plist-get told :message)))
         (funcall on-refusal told)
         nil)))))

(defun launch-ls--in-words (failure method)
  "Return FAILURE, an error of JSON-RPC for METHOD, in words for the user."
  (if (eql (plist-get failure :code) -32601)
      (list :message (format "The server is older than this client (it does not know %s): update launch-ls" method))
    failure))

(defun launch-ls-try (function &rest arguments)
  "Call FUNCTION with ARGUMENTS where Emacs has something to do without us.
When it fails the user is told, and nil is returned."
  (condition-case failure
      (apply function arguments)
    (error (message "launch-ls: %s" (error-message-string failure))
           nil)))

(defun launch-ls-request-async (root method params on-result on-error)
  "Ask the server of the folder ROOT; return a function that cancels the request.
METHOD and PARAMS are as for `launch-ls-request'.  ON-RESULT is
called with the result, ON-ERROR with the error."
  ;; Never in a process filter: what is called may wait, or ask the user.
  (let* ((connection (launch-ls-server root))
         (request (jsonrpc-async-request
                   connection method (or params (make-hash-table))
                   :timeout launch-ls--patience
                   :success-fn (lambda (result) (run-at-time 0 nil on-result result))
                   :error-fn (lambda (failure)
                               (run-at-time 0 nil on-error (launch-ls--in-words failure method)))))
         ;; Only a later jsonrpc.el tells which request it was.
         (id (or (car-safe request) (jsonrpc--next-request-id connection))))
    (lambda () (jsonrpc-notify connection '$/cancelRequest (list :id id)))))

(defun launch-ls--requested (_connection method params)
  "Answer the server's request METHOD with PARAMS."
  (or (run-hook-with-args-until-success 'launch-ls-message-functions method params)
      (jsonrpc-error :code -32601 :message (format "%s is not known" method))))

(defun launch-ls--notified (_connection method params)
  "Handle the server's notification METHOD with PARAMS."
  (run-at-time 0 nil #'run-hook-with-args-until-success 'launch-ls-message-functions method params))

(defun launch-ls--leave ()
  "Emacs is left: the servers end with it, and with them what they have started.
Nothing is waited for: an Emacs whose terminal is gone would wait for ever."
  (setq launch-ls--leaving t))

(add-hook 'kill-emacs-hook #'launch-ls--leave)

(provide 'launch-ls-server)
;;; launch-ls-server.el ends here
