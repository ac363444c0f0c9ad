import Hummingbird
import Web

/// Style sheets, modules and images, which are the same for everyone.
struct AssetsRoute: Feature {
  static let routes: [Route<AssetsRoute>] = [
    .get("/assets/**", file),
    // Browsers ask here, whatever a page says, also for what is no page.
    .get("/favicon.ico", icon),
  ]

  let assets: Assets

  private func file(_ request: Request, _ context: ChatContext) async throws -> Response {
    guard let response = assets.response(to: request) else { throw ChatError.notFound }
    return response
  }

  private func icon(_ request: Request, _ context: ChatContext) async throws -> Response {
    .seeOther(assets.address + "/images/favicon.ico")
  }
}
