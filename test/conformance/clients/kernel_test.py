"""jupyter_kernel_test with every sample filled: thirteen tests, of which none may be skipped."""

import unittest

import jupyter_kernel_test


class Socketlab(jupyter_kernel_test.KernelTests):
    kernel_name = "socketlab"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [
        {"text": "'x'.toUpperC", "matches": {"toUpperCase"}},
        {"text": "socket.AF_INE", "matches": {"AF_INET", "AF_INET6"}},
        {"text": "const forTheTest = 5; forTheT", "matches": {"forTheTest"}},
    ]
    complete_code_samples = ["1", "let a = 1", "function f() {}", "class A { #x = 1 }", "await sleep(0)", "// only a comment", ""]
    incomplete_code_samples = ["function f() {", "const a = [1,", "`unfinished", "/* comment", "if (true) {", "console.log("]
    invalid_code_samples = ["let 1a", "const = 3", "}", "a b c"]
    code_page_something = "console?"
    code_generate_error = "throw new Error('wanted')"
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "[1, 2].map((x) => x * 2)", "result": "[ 2, 4 ]"},
        {"code": "'text'", "result": "'text'"},
    ]
    code_display_data = [
        {"code": "display.html('<b>bold</b>')", "mime": "text/html"},
        {"code": "display.markdown('**bold**')", "mime": "text/markdown"},
        {"code": "display.svg('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')", "mime": "image/svg+xml"},
        {"code": "display.png(new Uint8Array([137, 80]))", "mime": "image/png"},
        {"code": "display.latex('$x$')", "mime": "text/latex"},
        {"code": "display.json({ a: 1 })", "mime": "application/json"},
        {"code": "display.javascript('1')", "mime": "text/javascript"},
    ]
    code_history_pattern = "1?+*3"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "console.log"
    code_clear_output = "console.clear()"


class Welcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "socketlab"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main(verbosity=2)
