import ArgumentParser
import Chat
import Foundation
import Logging
import NIOCore
import Web

/// `nextalk serve`: runs the server until it is told to stop.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Terminal.text(Sentence("Run the server (what nextalk does when nothing else is asked).")),
    discussion: Terminal.text(
      Sentence("Every option can also be set by its environment variable, shown in brackets.")))

  @Option(help: ArgumentHelp(Sentence("Address to listen on. [NEXTALK_HOST] (default: 127.0.0.1)")))
  var host: String?

  @Option(
    help: ArgumentHelp(Sentence("Port to listen on; 0 picks a free one. [NEXTALK_PORT] (default: 8080)")))
  var port: String?

  @Option(
    help: ArgumentHelp(
      Sentence("Folder for the database and uploads; made if missing. [NEXTALK_DATA] (default: ./data)")))
  var data: String?

  @Option(
    help: ArgumentHelp(
      Sentence(
        """
        PEM file with the certificate chain; with the key it serves HTTPS. \
        [NEXTALK_TLS_CERTIFICATE] (default: none)
        """)))
  var tlsCertificate: String?

  @Option(
    help: ArgumentHelp(
      Sentence("PEM file with the certificate's private key. [NEXTALK_TLS_KEY] (default: none)")))
  var tlsKey: String?

  @Option(
    help: ArgumentHelp(
      Sentence(
        """
        host, subdomains or off: what browsers are to reach over HTTPS alone, once they came over it. \
        [NEXTALK_HSTS] (default: host)
        """)))
  var hsts: String?

  @Option(
    help: ArgumentHelp(
      Sentence(
        """
        Address that people type, where a proxy stands in front. \
        [NEXTALK_PUBLIC_URL] (default: none)
        """)))
  var publicURL: String?

  @Option(
    help: ArgumentHelp(
      Sentence(
        """
        Addresses, with commas, whose X-Forwarded-For is believed. \
        [NEXTALK_TRUSTED_PROXIES] (default: none)
        """)))
  var trustedProxies: String?

  @Option(
    help: ArgumentHelp(
      Sentence("on or off; off only on a loopback address, for tests. [NEXTALK_RATE_LIMITS] (default: on)")))
  var rateLimits: String?

  @Option(
    help: ArgumentHelp(
      Sentence(
        """
        open, invited or closed: who can make an account. \
        [NEXTALK_SIGNUP] (default: what the owner chooses, open until then)
        """)))
  var signup: String?

  @Option(
    help: ArgumentHelp(
      Sentence(
        """
        How much space one person has for images and text, such as 500 MiB or 2 GiB. \
        [NEXTALK_UPLOAD_QUOTA] (default: 1 GiB)
        """)))
  var uploadQuota: String?

  @Option(
    help: ArgumentHelp(
      Sentence(
        """
        How much of the disk uploads leave free, such as 2 GiB. \
        [NEXTALK_DISK_RESERVE] (default: 256 MB or five percent, whichever is more)
        """)))
  var diskReserve: String?

  @Option(
    help: ArgumentHelp(
      Sentence("Folder that holds Templates and Public. [NEXTALK_RESOURCES] (default: found)")))
  var resources: String?

  // Delays that tests make shorter, in seconds.
  @Option(help: .hidden)
  var deletionDelay: Int64?

  @Option(help: .hidden)
  var presenceGrace: Int64?

  func run() async throws {
    do {
      let files = OpenFiles.raiseLimit()
      let configuration = try configuration(openFiles: files)
      let app = try App(configuration, logger: Self.logger)
      let address = try url
      let notice = try await app.ownerNotice()
      try await Stop.onSignals {
        try await app.run { port in
          print("Nextalk is ready at \(address(port))")
          fflush(nil)
          if let notice { Self.say(notice, at: address(port), configuration) }
        }
      }
    } catch let error as IOError {
      throw Mendable.report(Self.listening(error, on: "\(hostName):\(try portNumber)"))
    } catch {
      throw Mendable.report(error)
    }
  }

  private static func say(_ notice: OwnerNotice, at address: String, _ configuration: Configuration) {
    switch notice {
    case .setup(let path):
      Terminal.say(
        Sentence(
          "This chat has no owner yet. Open {address} to set it up.",
          ["address": (configuration.publicURL ?? address) + path]))
    case .nobody:
      Terminal.say(
        Sentence(
          "This chat has no owner. Name one with {program} make-owner EMAIL --data {folder}.",
          // As it was started, since nothing puts it on the path.
          [
            "program": ProcessInfo.processInfo.arguments.first ?? "nextalk",
            "folder": configuration.dataFolder.path,
          ]))
    }
  }

  private static let logger: Logger = {
    let limit = LogLimit()
    LoggingSystem.bootstrap { LimitedLogHandler(StreamLogHandler.standardError(label: $0), limit: limit) }
    var logger = Logger(label: "nextalk")
    logger.logLevel = .warning
    return logger
  }()

  private static func listening(_ error: IOError, on address: String) -> Mendable {
    switch error.errnoCode {
    case EADDRINUSE:
      Mendable(
        Sentence(
          "Something else is already listening on {address}. Stop it, or choose another --port.",
          ["address": address]))
    case EACCES, EPERM:
      Mendable(
        Sentence(
          "This user is not allowed to listen on {address}. Choose a --port above 1023.", ["address": address]
        ))
    case EADDRNOTAVAIL:
      Mendable(
        Sentence("This machine has no address {address}. Choose another --host.", ["address": address]))
    default:
      Mendable(
        Sentence(
          "Listening on {address} failed: {reason}.",
          ["address": address, "reason": error.localizedDescription]))
    }
  }
}

// MARK: Options

extension Serve {
  private var hostName: String { host ?? Variable.text("HOST") ?? "127.0.0.1" }

  private var portNumber: Int {
    get throws {
      let text = port ?? Variable.text("PORT") ?? "8080"
      guard let number = Int(text), (0...65_535).contains(number) else {
        throw Mendable(
          Sentence("The port must be a number from 0 to 65535, not {text}.", ["text": text]))
      }
      return number
    }
  }

  private func configuration(openFiles: Int) throws -> Configuration {
    let hasLimits = try choice("--rate-limits", rateLimits, "RATE_LIMITS", yes: "on", no: "off")
    guard hasLimits || LocalNetwork.isLoopback(hostName) else {
      throw Mendable(Sentence("Rate limits can be turned off only on a loopback address such as 127.0.0.1."))
    }
    var configuration = Configuration(
      listener: Listener(
        host: hostName, port: try portNumber, tls: try tls,
        // Some files are the database's, the log's and the uploads' own.
        maximumConnections: max(64, openFiles - 128)),
      dataFolder: URL(filePath: data ?? Variable.text("DATA") ?? "./data"),
      resources: try Resources.folder(resources ?? Variable.text("RESOURCES")),
      publicURL: try Self.origin(publicURL ?? Variable.text("PUBLIC_URL")),
      trustedProxies: (trustedProxies ?? Variable.text("TRUSTED_PROXIES") ?? "")
        .split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) },
      hasRateLimits: hasLimits,
      signup: try admission,
      uploadQuota: try quota, diskReserve: try reserve, strictTransport: try strictTransport)
    if let deletionDelay { configuration.deletionDelay = deletionDelay * 1_000 }
    if let presenceGrace { configuration.presenceGrace = presenceGrace * 1_000 }
    return configuration
  }

  private var quota: Int64 {
    get throws {
      let text = uploadQuota ?? Variable.text("UPLOAD_QUOTA") ?? "1 GiB"
      guard let size = ByteCount(text) else {
        throw Mendable(
          Sentence("--upload-quota is a size like 500 MiB or 2 GiB, not {text}.", ["text": text]))
      }
      return size.bytes
    }
  }

  private var admission: Admission? {
    get throws {
      guard let text = signup ?? Variable.text("SIGNUP") else { return nil }
      guard let admission = Admission(rawValue: text) else {
        throw Mendable(Sentence("--signup is open, invited or closed, not {text}.", ["text": text]))
      }
      return admission
    }
  }

  private var strictTransport: StrictTransport {
    get throws {
      let text = hsts ?? Variable.text("HSTS") ?? "host"
      guard let reach = StrictTransport(rawValue: text) else {
        throw Mendable(
          Sentence("--hsts is host, subdomains or off, not {text}.", ["text": text]))
      }
      return reach
    }
  }

  private var reserve: DiskRoom.Reserve {
    get throws {
      guard let text = diskReserve ?? Variable.text("DISK_RESERVE") else { return .usual }
      guard let size = ByteCount(text) else {
        throw Mendable(
          Sentence("--disk-reserve is a size like 500 MiB or 2 GiB, not {text}.", ["text": text]))
      }
      return .bytes(size.bytes)
    }
  }

  private var tls: Listener.TLSFiles? {
    get throws {
      let certificate = tlsCertificate ?? Variable.text("TLS_CERTIFICATE")
      let key = tlsKey ?? Variable.text("TLS_KEY")
      guard certificate != nil || key != nil else { return nil }
      guard let certificate, let key else {
        throw Mendable(Sentence("HTTPS needs both --tls-certificate and --tls-key."))
      }
      for file in [certificate, key] where access(file, R_OK) != 0 {
        throw Mendable(
          Sentence("The file {file} cannot be read.", ["file": file]))
      }
      return Listener.TLSFiles(certificate: certificate, key: key)
    }
  }

  private func choice(
    _ option: String, _ value: String?, _ variable: String, yes: String, no: String
  ) throws -> Bool {
    let text = value ?? Variable.text(variable) ?? yes
    guard text == yes || text == no else {
      throw Mendable(
        Sentence(
          "{option} is {yes} or {no}, not {text}.", ["option": option, "yes": yes, "no": no, "text": text]))
    }
    return text == yes
  }

  /// The address that the ready line names, by port: one that a browser can open.
  private var url: @Sendable (Int) -> String {
    get throws {
      let scheme = try tls == nil ? "http" : "https"
      let reached = LocalNetwork.isAnyAddress(hostName) ? LocalNetwork.address() ?? "127.0.0.1" : hostName
      let host = reached.contains(":") ? "[\(reached)]" : reached
      return { "\(scheme)://\(host):\($0)" }
    }
  }

  private static func origin(_ text: String?) throws -> String? {
    guard let text else { return nil }
    guard let address = try? SiteAddress(text).text
    else {
      throw Mendable(
        Sentence("--public-url is an address like https://chat.example.org, not {text}.", ["text": text]))
    }
    return address
  }
}
