;;; What a user of package.el has: the autoloads of all that is installed -*- lexical-binding: t; no-byte-compile: t -*-
(dolist (folder load-path)
  (when (file-directory-p folder)
    (dolist (file (directory-files folder t "-autoloads\\.el\\'"))
      (ignore-errors (load file nil t t)))))
