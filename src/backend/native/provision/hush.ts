// The addon that keeps TensorFlow's start-up lines from the terminal.

/** An N-API addon of two functions: `on` points file descriptor 2 at /dev/null, `off` points it back. */
export const HUSH_SOURCE = `
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

static int saved = -1;

static napi_value On(napi_env, napi_callback_info) {
  if (saved >= 0) return nullptr;
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return nullptr;
  saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (saved >= 0) dup2(nowhere, STDERR_FILENO);
  close(nowhere);
  return nullptr;
}

static napi_value Off(napi_env, napi_callback_info) {
  if (saved < 0) return nullptr;
  dup2(saved, STDERR_FILENO);
  close(saved);
  saved = -1;
  return nullptr;
}

NAPI_MODULE_INIT() {
  napi_value on, off;
  napi_create_function(env, "on", NAPI_AUTO_LENGTH, On, nullptr, &on);
  napi_create_function(env, "off", NAPI_AUTO_LENGTH, Off, nullptr, &off);
  napi_set_named_property(env, exports, "on", on);
  napi_set_named_property(env, exports, "off", off);
  return exports;
}
`;
