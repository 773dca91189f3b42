;;; What MELPA asks of a package: it compiles without a warning, its texts are in order -*- lexical-binding: t; no-byte-compile: t -*-
(require 'bytecomp)
(require 'checkdoc)

(defvar client (file-name-directory (locate-library "launch-ls")))
(defvar files (directory-files client t "\\.el\\'"))

(defun complaints-of-checkdoc (file)
  "Return what checkdoc says of FILE."
  (let (complaints)
    (cl-letf (((symbol-function 'warn) (lambda (format &rest arguments)
                                         (push (apply #'format-message format arguments) complaints))))
      (checkdoc-file file))
    complaints))

(defun commands-without-autoload ()
  "Return the commands of launch-ls.el that a user cannot call before it is loaded."
  (with-temp-buffer
    (insert-file-contents (expand-file-name "launch-ls.el" client))
    (let (found)
      (while (re-search-forward "^(defun \\([^ ]+\\)" nil t)
        (let ((name (match-string 1)))
          (when (and (commandp (intern name))
                     (not (save-excursion (forward-line -1) (looking-at-p ";;;###autoload"))))
            (push name found))))
      found)))

(rig-run
 (rig-equal (commands-without-autoload) nil)
 (setq byte-compile-error-on-warn t)
 (dolist (file files)
   (unless (byte-compile-file file) (error "%s does not compile" file))
   (rig-equal (complaints-of-checkdoc file) nil))
 (when (require 'package-lint nil t)
   (setq package-lint-main-file (expand-file-name "launch-ls.el" client))
   (dolist (file files)
     (with-temp-buffer
       (insert-file-contents file t)
       (emacs-lisp-mode)
       (rig-equal (package-lint-buffer) nil)))))
