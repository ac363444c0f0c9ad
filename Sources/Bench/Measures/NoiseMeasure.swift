import Foundation

/// How long a conversation page takes, a hundred times a second, alone and while other things go on.
struct NoiseMeasure {
  /// What goes on meanwhile.
  private struct Noise {
    var messages = false
    var uploads = 0
    var logIns = 0
  }

  private static let messagesPerSecond = 50.0
  private static let pagesPerSecond = 100.0
  private static let uploads = 24
  private static let logIns = 4

  let bench: Workbench

  func rows() throws -> [Row] {
    try bench.withServer { server in
      let streams = bench.settings.streams
      return [
        try row("alone", Noise(), server),
        try row("\(Self.logIns) log-ins", Noise(logIns: Self.logIns), server),
        try row("\(Self.uploads) uploads", Noise(uploads: Self.uploads), server),
        try row("50 messages/s to \(streams) streams", Noise(messages: true), server),
        try row("messages and uploads", Noise(messages: true, uploads: Self.uploads), server),
        try row(
          "messages, uploads and log-ins",
          Noise(messages: true, uploads: Self.uploads, logIns: Self.logIns), server),
      ]
    }
  }

  private func row(_ name: String, _ noise: Noise, _ server: Workbench.Server) throws -> Row {
    bench.progress.say("noise: \(name)")
    let reactor = try Reactor()
    let data = server.dataset
    let end = { Nanoseconds.now + .seconds(bench.settings.seconds * 5) }
    let streams = Streams()
    let fanOut = try FanOutMeasure.target(server)
    if noise.messages {
      try streams.open(bench.settings.streams, server.address, reactor, request: fanOut.stream)
      streams.settle(reactor)
    }
    let finish = end()
    let publishers = PacedRequests(server.address, reactor)
    if noise.messages {
      var number = 0
      reactor.every(.seconds(1 / Self.messagesPerSecond), until: finish) {
        number += 1
        publishers.send(fanOut.publish(Marker.text(number)))
      }
    }
    let picture = SendLoad.picture(SamplePicture.png(side: 600))
    let uploads = try ClosedLoop(server.address, reactor, connections: noise.uploads) { index in
      let users = data.size.users
      let sender = index % (users - 1) + 2
      return .post(
        "/people/\(sender % users + 1)/messages", token: data.token(of: sender), type: picture.type,
        ["HX-Request": "true"], body: picture.body)
    }
    uploads.start(until: finish)
    let logIn = Request.post("/login", body: Array("email=nobody%40bench.example&password=not+this+one".utf8))
    let logIns = try ClosedLoop(server.address, reactor, connections: noise.logIns, wanted: 422) { _ in logIn
    }
    logIns.start(until: finish)
    let reader = SteadyReader(
      server.address, Page.all(of: data)[0].request(), every: .seconds(1 / Self.pagesPerSecond), until: finish
    )
    reactor.run(until: finish)
    reactor.run(until: .now + .seconds(30)) {
      !publishers.isWaiting && !uploads.isWaiting && !logIns.isWaiting
    }
    for close in [streams.close, publishers.close, uploads.close, logIns.close] { close() }
    let pages = try reader.result()
    var latencies = pages.latencies
    let failures = [pages.failures, publishers.failures, uploads.failures, logIns.failures].reduce(0, +)
    let seconds = bench.settings.seconds * 5
    return Row(
      "noise", name,
      [
        .init("p50 ms", latencies.percentile(0.5)), .init("p99 ms", latencies.percentile(0.99)),
        .init("longest ms", latencies.percentile(1)),
        .init("deliveries/s", Double(streams.deliveries) / seconds),
        .init("uploads/s", Double(uploads.latencies.count) / seconds),
        .init("log-ins/s", Double(logIns.latencies.count) / seconds),
      ], note: failures > 0 ? "\(failures) failed" : nil)
  }
}
