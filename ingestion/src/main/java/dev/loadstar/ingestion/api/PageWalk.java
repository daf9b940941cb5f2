package dev.loadstar.ingestion.api;

import dev.loadstar.ingestion.model.EndpointModel;
import dev.loadstar.ingestion.model.PagingModel;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Goes from page to page of one endpoint. Numbered pages end with an empty one: a short one may
 * only mean that the server allows fewer records than were asked for. A page or an address that
 * comes a second time ends the walk with an error, for it would never end. Not thread safe.
 */
final class PageWalk {
  private static final Pattern LINK = Pattern.compile("<([^>]*)>\\s*((?:;[^,<]*)*)");
  private static final Pattern NEXT =
      Pattern.compile(
          ";\\s*rel\\s*=\\s*\"?(?:[^\";]*\\s)?next(?:\\s[^\";]*)?\"?", Pattern.CASE_INSENSITIVE);

  private final URI base;
  private final PagingModel paging;
  private final Set<String> seen = new HashSet<>();
  private long position;

  PageWalk(URI address, EndpointModel endpoint) {
    base =
        URI.create(
            address.toString().replaceFirst("/+$", "")
                + "/"
                + endpoint.path().replaceFirst("^/+", ""));
    paging = endpoint.paging();
  }

  /** The dotted path to the next page's token or URL, if answers hold one. */
  Optional<String> nextPath() {
    if (paging instanceof PagingModel.Cursor cursor) {
      return Optional.of(cursor.next());
    }
    return paging instanceof PagingModel.NextLink link
        ? Optional.of(link.next())
        : Optional.empty();
  }

  URI first() {
    if (paging instanceof PagingModel.PageNumber number) {
      position = number.first();
      return numbered(number);
    }
    if (paging instanceof PagingModel.Offset offset) {
      return from(offset);
    }
    if (paging instanceof PagingModel.Cursor cursor) {
      return sized(base, cursor.sizeParameter(), cursor.size());
    }
    if (paging instanceof PagingModel.NextLink link) {
      return sized(base, link.sizeParameter(), link.size());
    }
    if (paging instanceof PagingModel.LinkHeader link) {
      return sized(base, link.sizeParameter(), link.size());
    }
    return base;
  }

  /**
   * Where the next page is; empty after the last.
   *
   * @param current where {@code page} was
   * @param links of the answer
   */
  Optional<URI> after(URI current, Page page, List<String> links) throws Page.UnexpectedException {
    if (paging instanceof PagingModel.None) {
      return Optional.empty();
    }
    if (!page.records().isEmpty() && !seen.add(digest(page.records()))) {
      throw new Page.UnexpectedException(
          "it repeats an earlier page", "other records on every page; correct the key paging");
    }
    Optional<URI> next = next(current, page, links);
    if (next.isPresent() && !seen.add(next.get().toString())) {
      throw new Page.UnexpectedException(
          "it leads back to an earlier page",
          "a next page that is new; report it to the API's owner");
    }
    return next;
  }

  private Optional<URI> next(URI current, Page page, List<String> links)
      throws Page.UnexpectedException {
    if (paging instanceof PagingModel.PageNumber number) {
      position++;
      return page.records().isEmpty() ? Optional.empty() : Optional.of(numbered(number));
    }
    if (paging instanceof PagingModel.Offset offset) {
      position += page.records().size();
      return page.records().isEmpty() ? Optional.empty() : Optional.of(from(offset));
    }
    if (paging instanceof PagingModel.Cursor cursor) {
      return page.next()
          .map(
              token ->
                  with(
                      sized(base, cursor.sizeParameter(), cursor.size()),
                      cursor.parameter(),
                      token));
    }
    Optional<String> link = paging instanceof PagingModel.NextLink ? page.next() : linked(links);
    return link.isEmpty() ? Optional.empty() : Optional.of(sameServer(current, link.get()));
  }

  /** Credentials go with every request, so they must not be led elsewhere. */
  private URI sameServer(URI current, String link) throws Page.UnexpectedException {
    URI next;
    try {
      next = current.resolve(link);
    } catch (IllegalArgumentException e) {
      throw new Page.UnexpectedException("its next page is no URL", "one");
    }
    boolean same =
        base.getScheme().equalsIgnoreCase(next.getScheme())
            && base.getHost().equalsIgnoreCase(next.getHost())
            && base.getPort() == next.getPort();
    if (!same) {
      throw new Page.UnexpectedException(
          "its next page is on another server", "one on the same scheme, host and port");
    }
    return next;
  }

  private static Optional<String> linked(List<String> links) {
    for (String header : links) {
      Matcher link = LINK.matcher(header);
      while (link.find()) {
        if (NEXT.matcher(link.group(2)).find()) {
          return Optional.of(link.group(1));
        }
      }
    }
    return Optional.empty();
  }

  private URI numbered(PagingModel.PageNumber number) {
    URI page = with(base, number.parameter(), Long.toString(position));
    return sized(page, number.sizeParameter(), number.size());
  }

  private URI from(PagingModel.Offset offset) {
    URI page = with(base, offset.parameter(), Long.toString(position));
    return sized(page, offset.sizeParameter(), offset.size());
  }

  private static URI sized(URI uri, String parameter, int size) {
    return size > 0 ? with(uri, parameter, Integer.toString(size)) : uri;
  }

  private static URI with(URI uri, String parameter, String value) {
    String query =
        URLEncoder.encode(parameter, StandardCharsets.UTF_8)
            + "="
            + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return URI.create(uri + (uri.getRawQuery() == null ? "?" : "&") + query);
  }

  private static String digest(List<String> records) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String record : records) {
        sha.update(record.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) '\n');
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
