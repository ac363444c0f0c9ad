import Foundation

/// nginx with one worker as a yardstick: nchan's event streams, and a static page.
final class Nginx {
  let address: Address
  /// The worker.
  let figures: ProcessFigures
  private let folder: URL
  private let process: Process

  private static let executable = URL(filePath: "/usr/sbin/nginx")
  private static let module = "/usr/lib/nginx/modules/ngx_nchan_module.so"

  static var isInstalled: Bool {
    [executable.path, module].allSatisfy { FileManager.default.fileExists(atPath: $0) }
  }

  /// - Parameter page: the static page, at `/page.html`.
  init(page: [UInt8], port: Int) throws {
    folder = try TemporaryFolder.make()
    address = Address(port: port)
    let files = folder.appending(path: "www")
    try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
    // The worker runs as another user.
    for path in [folder.path, files.path] { chmod(path, 0o755) }
    try Data(page).write(to: files.appending(path: "page.html"))
    let file = folder.appending(path: "nginx.conf")
    try Data(Self.configuration(folder: folder, port: port).utf8).write(to: file)
    process = Process()
    process.executableURL = Self.executable
    process.arguments = ["-c", file.path, "-p", folder.path, "-e", folder.appending(path: "error.log").path]
    do { try process.run() } catch { throw BenchError("nginx cannot be run.") }
    Stop.atSignal(process)
    let master = ProcessFigures(pid: process.processIdentifier)
    let deadline = Nanoseconds.now + .seconds(5)
    var worker: pid_t?
    while .now < deadline {
      worker = try master.children().first
      if worker != nil, let file = try? address.connect() {
        close(file)
        break
      }
      usleep(10_000)
    }
    guard let worker else { throw BenchError("nginx has no worker.") }
    figures = ProcessFigures(pid: worker)
  }

  func stop() {
    Stop.now(process)
    try? FileManager.default.removeItem(at: folder)
  }

  private static func configuration(folder: URL, port: Int) -> String {
    """
    load_module \(module);
    worker_processes 1;
    daemon off;
    pid \(folder.path)/nginx.pid;
    error_log \(folder.path)/error.log warn;
    worker_rlimit_nofile 65536;
    events { worker_connections 40000; }
    http {
      access_log off;
      keepalive_requests 1000000;
      types { text/html html; }
      server {
        listen 127.0.0.1:\(port);
        root \(folder.path)/www;
        location = /sub { nchan_subscriber eventsource; nchan_channel_id room; nchan_subscriber_first_message newest; }
        location = /pub { nchan_publisher; nchan_channel_id room; nchan_message_buffer_length 100; }
      }
    }
    """
  }
}
