import NIOCore
import Synchronization

/// The connections that are open from each network, of which none may have all: past its share the one that came
/// first goes, among those on which nobody has shown a session. So whoever opens many only loses their own, and who
/// is known keeps their place. Thread-safe.
public final class Connections: Sendable {
  /// The most that one person can have known at once; what is more counts as unknown.
  static let maximumKnown = 32

  private struct Connection {
    let channel: any Channel
    let network: String
    var person: Int64?
    var hasStream = false
  }

  private struct State {
    var connections: [ObjectIdentifier: Connection] = [:]
    /// Those of a network, in the order in which they came.
    var networks: [String: [ObjectIdentifier]] = [:]
    var people: [Int64: Int] = [:]
    /// The streams of HTTP/2 that each network has open.
    var streams: [String: Int] = [:]

    mutating func remove(_ id: ObjectIdentifier) -> Connection? {
      guard let connection = connections.removeValue(forKey: id) else { return nil }
      networks[connection.network]?.removeAll { $0 == id }
      if networks[connection.network]?.isEmpty == true { networks[connection.network] = nil }
      if let person = connection.person, let count = people[person] {
        people[person] = count > 1 ? count - 1 : nil
      }
      return connection
    }
  }

  /// What handshakes and frames without use may cost, by network and by person; see ``FrameLimit``.
  private let costs: RateLimit?
  private let share: Int?
  private let addresses: ClientAddress
  private let state = Mutex(State())
  /// Connections of HTTP/1.1, and streams of those of HTTP/2.
  private let channels = Atomic(0)
  /// The most of them since it was last looked.
  private let peak = Atomic(0)
  /// How often it is looked whether many have gone.
  private static let ebbTime = Duration.seconds(5)

  /// - Parameters:
  ///   - share: the most from one network (an IPv4 address, the /64 of an IPv6 one); nil for no bound. A trusted
  ///     proxy has none.
  ///   - costs: what handshakes and frames without use take tries of; nil for no bound.
  public init(share: Int?, costs: RateLimit?, addresses: ClientAddress) {
    self.share = share
    self.costs = costs
    self.addresses = addresses
  }

  /// Takes note of a connection that was accepted.
  func admit(_ channel: any Channel) {
    guard let share, let peer = addresses.peer(of: channel), !addresses.trusts(peer) else { return }
    let network = ClientAddress.network(of: peer)
    let id = ObjectIdentifier(channel)
    let surplus = state.withLock { state -> (any Channel)? in
      state.connections[id] = Connection(channel: channel, network: network)
      state.networks[network, default: []].append(id)
      guard let all = state.networks[network], all.count > share else { return nil }
      // It counts no longer, however long it takes to close.
      return all.first { state.connections[$0]?.person == nil }.flatMap { state.remove($0)?.channel }
    }
    channel.closeFuture.whenComplete { _ in self.state.withLock { _ = $0.remove(id) } }
    surplus?.close(promise: nil)
  }

  /// Whether what a connection costs is within the share of who is known on it, else of its network.
  func take(_ cost: Int, on channel: any Channel) -> Bool {
    guard let costs, let peer = addresses.peer(of: channel), !addresses.trusts(peer) else { return true }
    let person = state.withLock { $0.connections[ObjectIdentifier(channel)]?.person }
    return costs.take(person.map { "person \($0)" } ?? ClientAddress.network(of: peer), cost: cost) == nil
  }

  /// A request with a session of `person` has come on the connection, or on one of its streams.
  public func know(_ person: Int64, on channel: any Channel) {
    guard share != nil else { return }
    let id = ObjectIdentifier(channel.socket)
    state.withLock { state in
      guard let connection = state.connections[id], connection.person == nil,
        state.people[person, default: 0] < Self.maximumKnown
      else { return }
      state.connections[id]?.person = person
      state.people[person, default: 0] += 1
    }
  }

  /// Counts a connection of HTTP/1.1 or a stream of HTTP/2, of which a network can have as many as connections, beside
  /// the first one of each and those of connections that are known.
  /// - Returns: what ends when it is closed; nil for a stream that is one too many.
  func open(_ channel: any Channel) -> Opened? {
    var network: String?
    if let share, channel.isStream, let peer = addresses.peer(of: channel), !addresses.trusts(peer) {
      let key = ClientAddress.network(of: peer)
      let id = ObjectIdentifier(channel.socket)
      let (isRoom, isCounted) = state.withLock { state in
        if let connection = state.connections[id], connection.person != nil || !connection.hasStream {
          state.connections[id]?.hasStream = true
          return (true, false)
        }
        guard state.streams[key, default: 0] < share else { return (false, false) }
        state.streams[key, default: 0] += 1
        return (true, true)
      }
      guard isRoom else { return nil }
      if isCounted { network = key }
    }
    peak.max(channels.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
    return Opened(network: network)
  }

  func close(_ opened: Opened) {
    channels.subtract(1, ordering: .relaxed)
    guard let network = opened.network else { return }
    state.withLock { state in
      let count = state.streams[network, default: 0]
      state.streams[network] = count > 1 ? count - 1 : nil
    }
  }

  /// What was counted.
  struct Opened {
    /// Whose stream it is, where that counts.
    fileprivate let network: String?
  }

  /// Gives back the memory of many that have gone, until its task is cancelled.
  public func run() async {
    var ebb = Ebb()
    while (try? await Task.sleep(for: Self.ebbTime)) != nil {
      let peak = peak.exchange(0, ordering: .relaxed)
      if ebb.isOut(at: channels.load(ordering: .relaxed), peak: peak) { await FreedMemory.giveBack() }
    }
  }
}
