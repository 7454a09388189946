// SPDX-License-Identifier: Apache-2.0
#include "kernel/bpf_session.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <sstream>
#include <string>

#include "kernel/call_table.h"
#include "kernel/claim.h"
#include "kernel/kernel_answers.h"
#include "kernel/kernel_symbols.h"
#include "kernel/privileges.h"
#include "kernel/trials.h"
#include "kernel/type_excerpt.h"
#include "profilegen.skel.h"
#include "profilegen/process/small_file.h"
#include "profilegen/unique_fd.h"

namespace profilegen {
namespace {

constexpr uint32_t kRingBytes = 8U << 20;  // about 40 000 file events, half a second of the busiest programs

constexpr size_t kEventsAtOnce = 512;

static_assert(sizeof(pg_checked) == 144 && sizeof(pg_task) == 80 && sizeof(pg_taken) == 16 && sizeof(pg_first) == 32);
static_assert(sizeof(pg_odd_key) == 12 && sizeof(pg_program_key) == 20 && sizeof(pg_confinement) == 24);
static_assert(sizeof(pg_denied_key) == 16 && sizeof(pg_denied_arguments_key) == 28);
static_assert(sizeof(pg_behaviour_key) == 16 && sizeof(pg_ports_key) == 8 && sizeof(pg_ports) == PG_PORTS);
static_assert(sizeof(pg_site_key) == 96 && sizeof(pg_site) == 56);
static_assert(sizeof(pg_function) == 72);
static_assert(sizeof(pg_argument_key) == 24);
static_assert(sizeof(pg_argument_fact) == 40);
static_assert(sizeof(pg_call_info) == 64);
static_assert(sizeof(pg_settled_event) == 12);
static_assert(sizeof(pg_rights_event) == 168);
static_assert(sizeof(pg_file_event) == 80 && sizeof(pg_objects_event) == 440);
static_assert(sizeof(pg_notice) == 176);
static_assert(sizeof(pg_call_event) == 48);

// The first message that libbpf printed: the reason behind an errno that says little.
std::string& last_complaint() {
  static std::string text;
  return text;
}

[[gnu::format(printf, 2, 0)]] int keep_complaint(libbpf_print_level level, const char* format, va_list arguments) {
  if (level != LIBBPF_WARN) return 0;
  std::array<char, 512> line{};
  const int length = std::vsnprintf(line.data(), line.size(), format, arguments);
  std::string& text = last_complaint();
  if (text.empty()) text = line.data();
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return length;
}

Error failure(const std::string& what, int errnum) {
  Error error{"BPF", what, "", errnum};
  if (!last_complaint().empty()) error.hint = last_complaint();
  if (errnum == EPERM) error.hint = "recording needs root, and a kernel that lets it load BPF";
  return error;
}

// Reads all entries of a hash map. The maps are small (bounded in bpf/), and each is read once.
template <typename Key, typename Value>
std::vector<std::pair<Key, Value>> entries(const bpf_map* map) {
  std::vector<std::pair<Key, Value>> all;
  const int fd = bpf_map__fd(map);
  Key key{};
  Key next{};
  for (const Key* last = nullptr; bpf_map_get_next_key(fd, last, &next) == 0; last = &key) {
    Value value{};
    key = next;
    if (bpf_map_lookup_elem(fd, &key, &value) == 0) all.emplace_back(key, value);
  }
  return all;
}

bool uses(const std::vector<HookChoice>& hooks, std::string_view fact, std::string_view name) {
  for (const HookChoice& choice : hooks)
    if (choice.fact == fact) return choice.rung && choice.rung->name == name;
  return false;
}

void each_program(bpf_object* object, const Rung& rung, const std::function<void(bpf_program*)>& act) {
  std::istringstream names{std::string(rung.programs)};
  for (std::string name; names >> name;) act(bpf_object__find_program_by_name(object, name.c_str()));
}

// Reads all items that a BPF iterator writes.
template <typename Item>
Result<std::vector<Item>> listed(const bpf_link* link) {
  const UniqueFd iterator(bpf_iter_create(bpf_link__fd(link)));
  if (!iterator) return failure("running threads can't be listed", errno);
  std::string bytes;
  std::array<char, 4096> buffer{};
  for (ssize_t length = 1; length > 0;) {
    length = read(iterator.get(), buffer.data(), buffer.size());
    if (length < 0) return failure("running threads can't be listed", errno);
    bytes.append(buffer.data(), static_cast<size_t>(length));
  }
  std::vector<Item> items(bytes.size() / sizeof(Item));
  std::memcpy(items.data(), bytes.data(), items.size() * sizeof(Item));
  return items;
}

// Loads the programs of the chosen rungs, and not those of the other rungs. Other programs are not affected.
void switch_programs(bpf_object* object, const std::vector<HookChoice>& hooks) {
  const auto each = [&](const Rung& rung, bool load) {
    each_program(object, rung, [&](bpf_program* program) { bpf_program__set_autoload(program, load); });
  };
  for (const Rung& rung : rungs()) each(rung, false);
  for (const HookChoice& choice : hooks)
    if (choice.rung) each(*choice.rung, true);
}

}  // namespace

struct BpfSession::State {
  struct SkeletonDeleter {
    void operator()(profilegen_bpf* loaded) const { profilegen_bpf__destroy(loaded); }
  };

  std::unique_ptr<profilegen_bpf, SkeletonDeleter> skeleton;
  UniqueFd types;  // those of the kernel that the programs read
  std::optional<RingReader> ring;
  std::vector<HookChoice> hooks;
  std::optional<KernelSymbols> symbols;  // filled in only if no BPF program can name functions

  // Returns 0 or a negative errno.
  int open(const BpfOptions& options, const btf* kernel) {
    // Without such a file libbpf looks at all that the kernel has, which takes longer and comes to the same.
    types.reset(memfd_create("types", MFD_CLOEXEC));
    const std::string path = "/proc/self/fd/" + std::to_string(types.get());
    LIBBPF_OPTS(bpf_object_open_opts, how);
    if (types) how.btf_custom_path = path.c_str();
    skeleton.reset(profilegen_bpf__open_opts(&how));
    if (!skeleton) return -errno;
    if (const int result = types ? write_types(kernel) : 0; result != 0) return result;
    configure(options);
    return resize(options.sizes);
  }

  [[nodiscard]] int write_types(const btf* kernel) const {
    const auto written = write_type_excerpt(kernel, bpf_object__btf(skeleton->obj), types.get());
    if (written) return 0;
    last_complaint() = written.error().line();
    return -written.error().errnum;
  }

  [[nodiscard]] int resize(const std::map<std::string, uint32_t>& sizes) const {
    for (const auto& [name, size] : sizes) {
      bpf_map* map = bpf_object__find_map_by_name(skeleton->obj, name.c_str());
      if (!map) {
        last_complaint() = "there is no map " + name;
        return -ENOENT;
      }
      if (const int result = bpf_map__set_max_entries(map, size); result != 0) return result;
    }
    skeleton->rodata->most_runs = bpf_map__max_entries(skeleton->maps.runs);
    skeleton->rodata->ring_bytes = bpf_map__max_entries(skeleton->maps.events);
    return 0;
  }

  void configure(const BpfOptions& options) const {
    skeleton->rodata->execve_number = SYS_execve;
    skeleton->rodata->has_task_storage = has_task_storage();
    skeleton->rodata->follow_cgroups = options.containers;
    skeleton->rodata->watch_refusals = options.refusals;
    skeleton->rodata->cgroup_hierarchy = options.cgroup_hierarchy;
    skeleton->rodata->unified_cgroups = options.cgroup_hierarchy == 0;
    skeleton->rodata->most_argument_values = options.most_argument_values;
    bpf_map__set_max_entries(skeleton->maps.runs, options.most_runs);
    bpf_map__set_max_entries(skeleton->maps.cgroups, options.most_runs);
    bpf_map__set_max_entries(skeleton->maps.claims, options.most_runs);
    bpf_map__set_max_entries(skeleton->maps.events, kRingBytes);
    bpf_program__set_autoload(skeleton->progs.on_cgroup_attach_task, options.containers);
    bpf_program__set_autoload(skeleton->progs.attach_running, options.running);
    bpf_map__set_autocreate(skeleton->maps.tasks, has_task_storage());
    bpf_map__set_autocreate(skeleton->maps.threads, !has_task_storage());
    switch_programs(skeleton->obj, hooks);
  }

  [[nodiscard]] bool has_task_storage() const { return !uses(hooks, "membership", "thread_hash"); }
};

// Loads the best rung that this kernel allows for each fact.
Result<std::unique_ptr<BpfSession::State>> BpfSession::load_best(const BpfOptions& options, KernelAnswers& answers) {
  auto state = std::make_unique<State>();
  {
    const auto trials = Trials::create(answers);  // gone when libbpf reads the same once more
    if (!trials) return trials.error();
    auto hooks = choose_rungs(options.hooks, std::cref(*trials));
    if (!hooks) return hooks.error();
    state->hooks = std::move(*hooks);
    last_complaint().clear();
    if (const int result = state->open(options, trials->types()); result != 0)
      return failure("the programs can't be loaded", -result);
  }
  if (const int result = profilegen_bpf__load(state->skeleton.get()); result != 0)
    return failure("the programs can't be loaded", -result);
  state->types.reset();
  return state;
}

BpfSession::BpfSession(std::unique_ptr<State> state) : state_(std::move(state)) {}
BpfSession::BpfSession(BpfSession&&) noexcept = default;
BpfSession& BpfSession::operator=(BpfSession&&) noexcept = default;
BpfSession::~BpfSession() = default;

Result<BpfSession> BpfSession::create(const BpfOptions& options, const std::vector<pg_call_info>& calls,
                                      RingReader::Handlers handlers) {
  if (auto allowed = check_privileges(); !allowed) return allowed.error();
  libbpf_set_print(keep_complaint);
  last_complaint().clear();
  KernelAnswers answers =
      options.try_anew ? KernelAnswers() : KernelAnswers({"/run/profilegen", 0}, answering_kernel());
  auto loaded = load_best(options, answers);
  if (!loaded && answers.used_file()) {
    // The remembered answers are out of date: tries everything again.
    answers.forget();
    loaded = load_best(options, answers);
  }
  if (!loaded) return loaded.error();
  answers.save();
  std::unique_ptr<State> state = std::move(*loaded);

  const int table = bpf_map__fd(state->skeleton->maps.call_table);
  for (uint32_t i = 0; i < calls.size(); ++i)
    if (tells_something(calls[i]) && bpf_map_update_elem(table, &i, &calls[i], BPF_ANY) != 0)
      return failure("the table of calls can't be written", errno);

  const bpf_map* events = state->skeleton->maps.events;
  auto ring = RingReader::create(bpf_map__fd(events), bpf_map__max_entries(events), std::move(handlers));
  if (!ring) return ring.error();
  state->ring.emplace(std::move(*ring));
  return BpfSession(std::move(state));
}

Status BpfSession::attach() {
  if (const int result = profilegen_bpf__attach(state_->skeleton.get()); result != 0)
    return failure("the programs can't be attached", -result);
  return Done{};
}

Status BpfSession::follow_process(int pidfd, uint32_t thread) {
  const uint32_t index = 0;
  pg_run tree{};
  tree.live = 1;
  pg_task task{};
  task.phase = PG_SETUP;
  const auto& maps = state_->skeleton->maps;
  const int marked = state_->has_task_storage()
                         ? bpf_map_update_elem(bpf_map__fd(maps.tasks), &pidfd, &task, BPF_NOEXIST)
                         : bpf_map_update_elem(bpf_map__fd(maps.threads), &thread, &task, BPF_NOEXIST);
  if (marked != 0 || bpf_map_update_elem(bpf_map__fd(maps.runs), &index, &tree, BPF_ANY) != 0)
    return failure("the process can't be marked as recorded", errno);
  return Done{};
}

Result<uint32_t> BpfSession::follow_cgroup(uint64_t cgroup) {
  // Claims an index as claim_run() does in the kernel part, which may do so at the same time.
  const int claims = bpf_map__fd(state_->skeleton->maps.claims);
  uint32_t& next = state_->skeleton->bss->next_run;
  const auto index = claim_number(
      __atomic_load_n(&next, __ATOMIC_RELAXED), state_->skeleton->rodata->most_runs,
      [&](uint32_t number) { return bpf_map_update_elem(claims, &number, &cgroup, BPF_NOEXIST) == 0 ? 0 : errno; });
  if (!index) return failure("there is no room for another running container", index.error().errnum);
  __atomic_fetch_add(&next, 1, __ATOMIC_RELAXED);
  if (bpf_map_update_elem(bpf_map__fd(state_->skeleton->maps.cgroups), &cgroup, &*index, BPF_NOEXIST) != 0)
    return failure("a running container can't be marked as recorded", errno);
  return *index;
}

Result<std::vector<pg_taken>> BpfSession::take_in_running() {
  const bpf_link* link = state_->skeleton->links.attach_running;
  auto taken = listed<pg_taken>(link);
  if (!taken) return taken;
  // Lists again: a thread that was not taken in yet may have created a child that the iterator had already passed.
  auto missed = listed<pg_taken>(link);
  if (!missed) return missed;
  taken->insert(taken->end(), missed->begin(), missed->end());
  return taken;
}

void BpfSession::ignore(uint32_t index) {
  const int fd = bpf_map__fd(state_->skeleton->maps.runs);
  if (auto known = run(index)) {
    known->ignored = 1;
    bpf_map_update_elem(fd, &index, &*known, BPF_ANY);
  }
}

int BpfSession::events_fd() const { return state_->ring->fd(); }

void BpfSession::drain() { state_->ring->read(kEventsAtOnce); }

void BpfSession::look_ahead() { state_->ring->look_ahead(); }

void BpfSession::drain_all() {
  const uint64_t end = state_->ring->written();
  while (state_->ring->position() < end)
    if (!state_->ring->read(kEventsAtOnce)) sched_yield();  // another CPU is about to finish a record
}

uint64_t BpfSession::events() const { return state_->ring->records(); }

uint64_t BpfSession::skipped(const Rung& rung) const {
  uint64_t times = 0;
  each_program(state_->skeleton->obj, rung, [&](const bpf_program* program) {
    bpf_prog_info info{};
    __u32 size = sizeof info;
    if (bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size) == 0) times += info.recursion_misses;
  });
  return times;
}

Result<std::set<uint32_t>> BpfSession::living() const {
  const auto threads = listed<uint32_t>(state_->skeleton->links.list_living);
  if (!threads) return threads.error();
  return std::set<uint32_t>(threads->begin(), threads->end());
}

void BpfSession::measure_living() const { static_cast<void>(living()); }

uint64_t BpfSession::progress() const {
  return state_->ring->written() + __atomic_load_n(&state_->skeleton->bss->stored, __ATOMIC_RELAXED);
}

std::optional<pg_run> BpfSession::run(uint32_t index) const {
  pg_run value{};
  if (bpf_map_lookup_elem(bpf_map__fd(state_->skeleton->maps.runs), &index, &value) != 0) return std::nullopt;
  return value;
}

std::vector<std::pair<pg_odd_key, pg_first>> BpfSession::odd_calls() const {
  return entries<pg_odd_key, pg_first>(state_->skeleton->maps.odd_calls);
}

std::vector<std::pair<pg_program_key, uint32_t>> BpfSession::programs() const {
  return entries<pg_program_key, uint32_t>(state_->skeleton->maps.programs);
}

std::vector<std::pair<pg_argument_key, pg_argument_fact>> BpfSession::arguments() const {
  return entries<pg_argument_key, pg_argument_fact>(state_->skeleton->maps.arguments);
}

std::vector<std::pair<pg_denied_key, pg_first>> BpfSession::denied_calls() const {
  return entries<pg_denied_key, pg_first>(state_->skeleton->maps.denied_calls);
}

std::vector<std::pair<pg_denied_arguments_key, pg_first>> BpfSession::denied_arguments() const {
  return entries<pg_denied_arguments_key, pg_first>(state_->skeleton->maps.denied_arguments);
}

std::vector<std::pair<pg_site_key, pg_site>> BpfSession::capability_sites() const {
  return entries<pg_site_key, pg_site>(state_->skeleton->maps.capability_sites);
}

std::vector<std::pair<pg_behaviour_key, pg_first>> BpfSession::behaviours() const {
  return entries<pg_behaviour_key, pg_first>(state_->skeleton->maps.behaviours);
}

std::vector<std::pair<pg_ports_key, pg_ports>> BpfSession::ports() const {
  return entries<pg_ports_key, pg_ports>(state_->skeleton->maps.ports);
}

const std::vector<HookChoice>& BpfSession::hooks() const { return state_->hooks; }

std::string BpfSession::function_at(uint64_t address) const {
  if (!state_->has_task_storage()) {
    if (!state_->symbols) state_->symbols.emplace(read_small_file("/proc/kallsyms"));
    return state_->symbols->function_at(address - 1);
  }
  pg_function function{.address = address - 1, .name = {}};  // the call may be the function's last instruction
  bpf_test_run_opts run{};
  run.sz = sizeof run;
  run.ctx_in = &function;
  run.ctx_size_in = sizeof function;
  if (bpf_prog_test_run_opts(bpf_program__fd(state_->skeleton->progs.name_function), &run) != 0) return "";
  const std::string_view name(function.name, strnlen(function.name, sizeof function.name));
  return name.starts_with("0x") ? "" : std::string(name.substr(0, name.find(' ')));
}

uint64_t BpfSession::loss(pg_loss counter) const {
  return __atomic_load_n(&state_->skeleton->bss->loss[counter], __ATOMIC_RELAXED);
}

}  // namespace profilegen
