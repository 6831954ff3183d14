// Watches one adapter: its end, its outputs and its input, all at once. The operations hold the child alive,
// and the owner lets go of it by `abandon`: no handler is called afterwards.
#include "process/adapter_process.hpp"

#include "process/input.hpp"
#include "process/output.hpp"
#include "process/running.hpp"

#include <utility>

namespace guise::process {

namespace asio = boost::asio;

class AdapterProcess::Child final : public std::enable_shared_from_this<Child> {
 public:
    Child(const asio::any_io_executor& executor, Handlers handlers)
        : handlers_(std::move(handlers)),
          running_(executor),
          input_(executor),
          output_(executor, record.output, [this](std::string_view text) { take_output(text); }),
          errors_(executor, record.errors, {}) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    void start(const Launch& launch);
    void send(std::string_view line);
    void kill();
    // Kills it; its handlers are not called again.
    void abandon();

    evidence::ProcessRecord record;
    std::string unfinished;
    bool closed_output = false;
    [[nodiscard]] bool is_running() const { return running_.is_there(); }

 private:
    void take_output(std::string_view text);
    void close_output();
    void close_all();

    Handlers handlers_;
    Running running_;
    Input input_;
    Output output_;
    Output errors_;
    bool reads_lines_ = true;  // until the output is closed by us
    bool abandoned_ = false;
};

void AdapterProcess::Child::start(const Launch& launch) {
    record.argv = launch.argv;
    Spawned spawned = spawn(launch);
    if (!spawned.error.empty()) {
        record.start_error = std::move(spawned.error);
        return;
    }
    const auto self = shared_from_this();
    running_.take(spawned);
    input_.take(std::move(spawned.input), true);
    output_.take(std::move(spawned.output));
    errors_.take(std::move(spawned.errors));
    running_.on_end([self] {
        self->running_.reap(self->record);
        self->errors_.drain();
        self->output_.drain();
        self->close_all();
        if (!self->abandoned_ && self->handlers_.ended) self->handlers_.ended();
    });
    output_.read(self, [child = self.get()] { child->closed_output = true; });
    errors_.read(self);
}

void AdapterProcess::Child::take_output(std::string_view text) {
    while (reads_lines_) {
        const std::size_t end = text.find('\n');
        unfinished += text.substr(0, end);
        if (end == std::string_view::npos && unfinished.size() <= longest_line) return;
        const bool too_long = unfinished.size() > longest_line;
        const std::string line = std::exchange(unfinished, {});
        if (too_long) close_output();
        if (!abandoned_ && handlers_.line) handlers_.line(line);
        if (too_long) return;
        text.remove_prefix(end + 1);
    }
}

void AdapterProcess::Child::send(std::string_view line) {
    input_.write(std::string(line) + "\n", shared_from_this());
}

void AdapterProcess::Child::kill() {
    if (!running_.is_there()) return;
    record.killed = !running_.has_ended();
    running_.reap(record);
    errors_.drain();
    close_all();
}

void AdapterProcess::Child::abandon() {
    abandoned_ = true;
    kill();
    close_all();
}

void AdapterProcess::Child::close_output() {
    reads_lines_ = false;
    output_.close();
}

void AdapterProcess::Child::close_all() {
    running_.stop_watching();
    input_.close();
    close_output();
    errors_.close();
}

AdapterProcess::AdapterProcess(const asio::any_io_executor& executor, const Launch& launch, Handlers handlers)
    : child_(std::make_shared<Child>(executor, std::move(handlers))) {
    child_->start(launch);
}

AdapterProcess::~AdapterProcess() { child_->abandon(); }

void AdapterProcess::send(std::string_view line) { child_->send(line); }
void AdapterProcess::kill() { child_->kill(); }
bool AdapterProcess::is_running() const { return child_->is_running(); }
const evidence::ProcessRecord& AdapterProcess::record() const { return child_->record; }
const std::string& AdapterProcess::unfinished_line() const { return child_->unfinished; }
bool AdapterProcess::has_closed_output() const { return child_->closed_output; }

void AdapterProcess::forget_output() {
    child_->record.output.clear();
    child_->record.errors.clear();
}

}  // namespace guise::process
