// SPDX-License-Identifier: Apache-2.0
// An HTTP service with a pool of threads. It writes a file for each request.
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

class Server {
  public static void main(String[] arguments) throws Exception {
    var address = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0]));
    var server = HttpServer.create(address, 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext("/", exchange -> {
      var file = Files.createTempFile("request", ".txt");
      Files.writeString(file, exchange.getRequestURI().getPath());
      var answer = ("asked for " + Files.readString(file) + "\n").getBytes(StandardCharsets.UTF_8);
      Files.delete(file);
      exchange.sendResponseHeaders(200, answer.length);
      try (var body = exchange.getResponseBody()) {
        body.write(answer);
      }
    });
    server.start();
  }
}
