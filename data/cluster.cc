// Training on several machines: TensorFlow's gRPC server and sessions on it, for Node, over TensorFlow's C API alone.
//   startServer(serverDef) -> target, "grpc://host:port"; the server lives until the process ends
//   openSession(target, configProto, graphDef) -> session; an empty target: a session of this process
//   run(session, runOptions, feeds, fetches) -> Promise of [{ shape, data }]; waits in a thread of Node's pool
//   quit(exitCode): ends the process at once
// Protocol buffers are Uint8Arrays. A feed is { name, type, shape, data }: `type` as in TensorFlow's types.proto, `name` "node" or
// "node:1". `cnnviz setup` compiles this beside the binding of tfjs-node.
#include <node_api.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

// What is called of TensorFlow's C API, as in its tensorflow/c/c_api.h: an installation keeps no headers.
extern "C" {
struct TF_Buffer;
struct TF_Graph;
struct TF_ImportGraphDefOptions;
struct TF_Operation;
struct TF_Server;
struct TF_Session;
struct TF_SessionOptions;
struct TF_Status;
struct TF_Tensor;
struct TF_Output {
  TF_Operation* oper;
  int index;
};
enum { TF_OK = 0, TF_FLOAT = 1, TF_DOUBLE = 2, TF_INT32 = 3 };

TF_Status* TF_NewStatus(void);
void TF_DeleteStatus(TF_Status*);
int TF_GetCode(const TF_Status*);
const char* TF_Message(const TF_Status*);
TF_Buffer* TF_NewBufferFromString(const void*, size_t);
void TF_DeleteBuffer(TF_Buffer*);
TF_Tensor* TF_AllocateTensor(int, const int64_t*, int, size_t);
void TF_DeleteTensor(TF_Tensor*);
int TF_TensorType(const TF_Tensor*);
int TF_NumDims(const TF_Tensor*);
int64_t TF_Dim(const TF_Tensor*, int);
size_t TF_TensorByteSize(const TF_Tensor*);
void* TF_TensorData(const TF_Tensor*);
TF_Server* TF_NewServer(const void*, size_t, TF_Status*);
void TF_ServerStart(TF_Server*, TF_Status*);
const char* TF_ServerTarget(TF_Server*);
TF_Graph* TF_NewGraph(void);
TF_Operation* TF_GraphOperationByName(TF_Graph*, const char*);
TF_ImportGraphDefOptions* TF_NewImportGraphDefOptions(void);
void TF_DeleteImportGraphDefOptions(TF_ImportGraphDefOptions*);
void TF_GraphImportGraphDef(TF_Graph*, const TF_Buffer*, const TF_ImportGraphDefOptions*, TF_Status*);
TF_SessionOptions* TF_NewSessionOptions(void);
void TF_DeleteSessionOptions(TF_SessionOptions*);
void TF_SetConfig(TF_SessionOptions*, const void*, size_t, TF_Status*);
void TF_SetTarget(TF_SessionOptions*, const char*);
TF_Session* TF_NewSession(TF_Graph*, const TF_SessionOptions*, TF_Status*);
void TF_SessionRun(TF_Session*, const TF_Buffer*, const TF_Output*, TF_Tensor* const*, int, const TF_Output*, TF_Tensor**,
                   int, const TF_Operation* const*, int, TF_Buffer*, TF_Status*);
}

namespace {

struct Status {
  TF_Status* handle = TF_NewStatus();
  ~Status() { TF_DeleteStatus(handle); }
  bool ok() const { return TF_GetCode(handle) == TF_OK; }
  std::string code() const { return std::to_string(TF_GetCode(handle)); }
};

struct Session {
  TF_Graph* graph = TF_NewGraph();
  TF_Session* session = nullptr;
};

struct Run {
  Session* session = nullptr;
  napi_deferred deferred;
  napi_async_work work;
  TF_Buffer* options = nullptr;
  std::vector<TF_Output> feeds, fetches;
  std::vector<TF_Tensor*> inputs, outputs;
  Status status;
  ~Run() {
    for (TF_Tensor* tensor : inputs) TF_DeleteTensor(tensor);
    for (TF_Tensor* tensor : outputs) {
      if (tensor != nullptr) TF_DeleteTensor(tensor);
    }
    TF_DeleteBuffer(options);
  }
};

napi_value Throw(napi_env env, const Status& status) {
  napi_throw_error(env, status.code().c_str(), TF_Message(status.handle));
  return nullptr;
}

std::string ToString(napi_env env, napi_value value) {
  size_t length = 0;
  napi_get_value_string_utf8(env, value, nullptr, 0, &length);
  std::string text(length, '\0');
  napi_get_value_string_utf8(env, value, &text[0], length + 1, &length);
  return text;
}

std::pair<void*, size_t> ToBytes(napi_env env, napi_value array) {
  napi_typedarray_type type;
  size_t length = 0;
  void* data = nullptr;
  if (napi_get_typedarray_info(env, array, &type, &length, &data, nullptr, nullptr) != napi_ok) return {nullptr, 0};
  if (type == napi_uint8_array) return {data, length};
  return {data, length * (type == napi_float64_array ? 8 : 4)};  // else float32 or int32
}

napi_value Element(napi_env env, napi_value array, uint32_t index) {
  napi_value value;
  napi_get_element(env, array, index, &value);
  return value;
}

napi_value Property(napi_env env, napi_value object, const char* name) {
  napi_value value;
  napi_get_named_property(env, object, name, &value);
  return value;
}

uint32_t Length(napi_env env, napi_value array) {
  uint32_t length = 0;
  napi_get_array_length(env, array, &length);
  return length;
}

TF_Output FindOutput(TF_Graph* graph, const std::string& name) {
  const size_t colon = name.find(':');
  const int index = colon == std::string::npos ? 0 : std::stoi(name.substr(colon + 1));
  return {TF_GraphOperationByName(graph, name.substr(0, colon).c_str()), index};
}

napi_value StartServer(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value args[1], target;
  napi_get_cb_info(env, info, &count, args, nullptr, nullptr);
  const auto [data, size] = ToBytes(env, args[0]);
  Status status;
  TF_Server* server = TF_NewServer(data, size, status.handle);
  if (status.ok()) TF_ServerStart(server, status.handle);
  if (!status.ok()) return Throw(env, status);
  napi_create_string_utf8(env, TF_ServerTarget(server), NAPI_AUTO_LENGTH, &target);
  return target;  // never deleted: a gRPC server of TensorFlow's cannot be taken down cleanly
}

napi_value OpenSession(napi_env env, napi_callback_info info) {
  size_t count = 3;
  napi_value args[3], external;
  napi_get_cb_info(env, info, &count, args, nullptr, nullptr);
  const std::string target = ToString(env, args[0]);
  const auto [config, config_size] = ToBytes(env, args[1]);
  const auto [graph_def, graph_size] = ToBytes(env, args[2]);
  Status status;
  auto* session = new Session();  // lives as long as its server: until the process ends
  TF_Buffer* buffer = TF_NewBufferFromString(graph_def, graph_size);
  TF_ImportGraphDefOptions* import = TF_NewImportGraphDefOptions();
  TF_GraphImportGraphDef(session->graph, buffer, import, status.handle);
  TF_DeleteImportGraphDefOptions(import);
  TF_DeleteBuffer(buffer);
  TF_SessionOptions* options = TF_NewSessionOptions();
  if (status.ok()) TF_SetConfig(options, config, config_size, status.handle);
  if (!target.empty()) TF_SetTarget(options, target.c_str());
  if (status.ok()) session->session = TF_NewSession(session->graph, options, status.handle);
  TF_DeleteSessionOptions(options);
  if (!status.ok()) return Throw(env, status);
  napi_create_external(env, session, nullptr, nullptr, &external);
  return external;
}

TF_Tensor* ToTensor(napi_env env, napi_value feed) {
  int32_t type = 0;
  napi_get_value_int32(env, Property(env, feed, "type"), &type);
  const napi_value shape = Property(env, feed, "shape");
  std::vector<int64_t> dims(Length(env, shape));
  for (uint32_t d = 0; d < dims.size(); d++) napi_get_value_int64(env, Element(env, shape, d), &dims[d]);
  const auto [data, bytes] = ToBytes(env, Property(env, feed, "data"));
  TF_Tensor* tensor = TF_AllocateTensor(type, dims.data(), dims.size(), bytes);
  if (bytes > 0) memcpy(TF_TensorData(tensor), data, bytes);
  return tensor;
}

napi_value ToResult(napi_env env, TF_Tensor* tensor) {
  napi_value result, shape, size, buffer, data;
  void* memory;
  const size_t bytes = TF_TensorByteSize(tensor);
  napi_create_object(env, &result);
  napi_create_array(env, &shape);
  for (int i = 0; i < TF_NumDims(tensor); i++) {
    napi_create_int64(env, TF_Dim(tensor, i), &size);
    napi_set_element(env, shape, i, size);
  }
  if (napi_create_arraybuffer(env, bytes, &memory, &buffer) != napi_ok) return nullptr;  // no memory
  if (bytes > 0) memcpy(memory, TF_TensorData(tensor), bytes);
  const int type = TF_TensorType(tensor);
  const auto kind = type == TF_INT32 ? napi_int32_array : type == TF_DOUBLE ? napi_float64_array : napi_float32_array;
  napi_create_typedarray(env, kind, bytes / (type == TF_DOUBLE ? 8 : 4), buffer, 0, &data);
  napi_set_named_property(env, result, "shape", shape);
  napi_set_named_property(env, result, "data", data);
  return result;
}

void Execute(napi_env, void* data) {
  auto* run = static_cast<Run*>(data);
  TF_SessionRun(run->session->session, run->options, run->feeds.data(), run->inputs.data(), run->feeds.size(),
                run->fetches.data(), run->outputs.data(), run->fetches.size(), nullptr, 0, nullptr, run->status.handle);
}

void Complete(napi_env env, napi_status state, void* data) {
  auto* run = static_cast<Run*>(data);
  napi_value result, code, message;
  bool is_done = state == napi_ok && run->status.ok();
  if (is_done) {
    napi_create_array(env, &result);
    for (size_t i = 0; is_done && i < run->outputs.size(); i++) {
      const napi_value output = ToResult(env, run->outputs[i]);
      is_done = output != nullptr && napi_set_element(env, result, i, output) == napi_ok;
    }
  }
  if (is_done) {
    napi_resolve_deferred(env, run->deferred, result);
  } else {
    const bool failed = !run->status.ok();  // else Node ends and never ran it, or cannot hold the results
    napi_create_string_utf8(env, failed ? run->status.code().c_str() : "1", NAPI_AUTO_LENGTH, &code);
    napi_create_string_utf8(env, failed ? TF_Message(run->status.handle) : "cancelled, or no memory for the results", NAPI_AUTO_LENGTH, &message);
    napi_create_error(env, code, message, &result);
    napi_reject_deferred(env, run->deferred, result);
  }
  napi_delete_async_work(env, run->work);
  delete run;
}

napi_value RunSession(napi_env env, napi_callback_info info) {
  size_t count = 4;
  napi_value args[4], promise, label;
  napi_get_cb_info(env, info, &count, args, nullptr, nullptr);
  auto* run = new Run();
  napi_get_value_external(env, args[0], reinterpret_cast<void**>(&run->session));
  const auto [options, options_size] = ToBytes(env, args[1]);
  run->options = TF_NewBufferFromString(options, options_size);
  for (uint32_t i = 0; i < Length(env, args[2]); i++) {
    const napi_value feed = Element(env, args[2], i);
    run->feeds.push_back(FindOutput(run->session->graph, ToString(env, Property(env, feed, "name"))));
    run->inputs.push_back(ToTensor(env, feed));
  }
  for (uint32_t i = 0; i < Length(env, args[3]); i++) {
    run->fetches.push_back(FindOutput(run->session->graph, ToString(env, Element(env, args[3], i))));
  }
  for (const auto* outputs : {&run->feeds, &run->fetches}) {
    for (const TF_Output& output : *outputs) {
      if (output.oper != nullptr) continue;
      delete run;
      napi_throw_error(env, nullptr, "the graph has no node of this name");
      return nullptr;
    }
  }
  run->outputs.resize(run->fetches.size(), nullptr);
  napi_create_promise(env, &run->deferred, &promise);
  napi_create_string_utf8(env, "TF_SessionRun", NAPI_AUTO_LENGTH, &label);
  napi_create_async_work(env, nullptr, label, Execute, Complete, run, &run->work);
  napi_queue_async_work(env, run->work);
  return promise;
}

// process.exit would wait for the pool's thread, which may wait for a worker that never answers.
napi_value Quit(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value args[1];
  int32_t code = 1;
  napi_get_cb_info(env, info, &count, args, nullptr, nullptr);
  napi_get_value_int32(env, args[0], &code);
  _exit(code);
}

}  // namespace

NAPI_MODULE_INIT() {
  const std::pair<const char*, napi_callback> functions[] = {
      {"startServer", StartServer}, {"openSession", OpenSession}, {"run", RunSession}, {"quit", Quit}};
  for (const auto& [name, callback] : functions) {
    napi_value function;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, nullptr, &function);
    napi_set_named_property(env, exports, name, function);
  }
  return exports;
}
