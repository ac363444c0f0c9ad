import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import NIOSSL

/// Where and how the server listens, with every limit that keeps one client from holding it up.
public struct Listener: Sendable {
  public var host: String
  public var port: Int
  public var tls: TLSFiles?
  /// The most connections at once; more wait in the kernel's queue.
  public var maximumConnections: Int

  /// The most connections from one network: generous, and never all.
  public var connectionsPerNetwork: Int { max(1, min(2_048, maximumConnections / 2)) }

  /// PEM files of a certificate chain and its key.
  public struct TLSFiles: Sendable {
    public let certificate: String
    public let key: String

    public init(certificate: String, key: String) {
      self.certificate = certificate
      self.key = key
    }
  }

  /// How long a connection may be idle or silent, and a request's header may take.
  public static let idleTime = TimeAmount.seconds(60)
  /// How long the whole of a request may take to arrive that is no upload.
  public static let requestTime = TimeAmount.seconds(60)
  private static let headerBytes = 16 * 1024
  /// Of TLS 1.2 what keeps a recorded connection secret after the key is stolen and is not open to padding
  /// oracles: ECDHE with AEAD. TLS 1.3 has nothing else.
  private static let cipherSuites: [NIOTLSCipher] = [
    .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
  ]

  public init(host: String, port: Int, tls: TLSFiles?, maximumConnections: Int) {
    self.host = host
    self.port = port
    self.tls = tls
    self.maximumConnections = maximumConnections
  }

  public var configuration: ApplicationConfiguration {
    ApplicationConfiguration(
      address: .hostname(host, port: port),
      availableConnectionsDelegate: .maximum(maximumConnections, logger: Logger(label: "connections")))
  }

  /// Why HTTPS cannot be served, as a sentence.
  public struct TLSFailure: Error, CustomStringConvertible {
    public let description: String
  }

  /// HTTP/1.1, and with TLS files HTTP/2 beside it (TLS 1.2 or later).
  /// - Parameter connections: counts them.
  /// - Throws: ``TLSFailure`` when a PEM file cannot be read or the two do not belong together.
  public func server(_ connections: Connections) throws -> HTTPServerBuilder {
    let http1 = HTTP1Channel.Configuration(
      additionalChannelHandlers: [
        ConnectionGuard(requestTime: Self.requestTime, isPlain: tls == nil, connections: connections)
      ],
      idleTimeout: Self.idleTime,
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: Self.headerBytes, maxHeaderListSize: Self.headerBytes, maxHeaderFieldCount: 100))
    guard let tls else {
      return HTTPServerBuilder { responder in
        AdmittedChannel(
          base: HTTP1Channel(responder: responder, configuration: http1), connections: connections)
      }
    }
    guard let chain = try? NIOSSLCertificate.fromPEMFile(tls.certificate), !chain.isEmpty else {
      throw TLSFailure(description: "\(tls.certificate) holds no certificate in PEM form.")
    }
    guard let key = try? NIOSSLPrivateKey(file: tls.key, format: .pem) else {
      throw TLSFailure(description: "\(tls.key) holds no private key in PEM form.")
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    configuration.cipherSuiteValues = Self.cipherSuites
    // Whoever does not say farewell in this time has gone; the program waits for it when it stops.
    configuration.shutdownTimeout = .seconds(2)
    guard (try? NIOSSLContext(configuration: configuration)) != nil else {
      throw TLSFailure(description: "\(tls.key) is not the key of \(tls.certificate).")
    }
    return HTTPServerBuilder { [configuration] responder in
      AdmittedChannel(
        base: GuardedTLSChannel(
          base: try HTTP2UpgradeChannel(
            tlsConfiguration: configuration,
            configuration: .init(
              idleTimeout: .seconds(60), gracefulCloseTimeout: .seconds(6), streamConfiguration: http1),
            responder: responder), connections: connections), connections: connections)
    }
  }
}
