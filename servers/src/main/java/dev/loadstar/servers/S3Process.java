package dev.loadstar.servers;

import java.net.URI;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** The S3 server's own JVM. It ends when its standard input does, that is with its parent. */
final class S3Process {
  /** What it prints, with the port behind it, once it answers. */
  static final String READY = "listening on ";

  private S3Process() {}

  /**
   * @param args folder, port (0 for a free one), the access key which is also the secret key
   */
  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    settings.setProperty("jclouds.provider", "filesystem");
    settings.setProperty("jclouds.filesystem.basedir", args[0]);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(BlobStores.create("filesystem", settings))
            .endpoint(URI.create("http://127.0.0.1:" + args[1]))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, args[2], args[2])
            .build();
    server.start();
    System.out.println(READY + server.getPort());
    while (System.in.read() >= 0) {
      // nothing is ever sent; only the end matters
    }
    Runtime.getRuntime().halt(0);
  }
}
