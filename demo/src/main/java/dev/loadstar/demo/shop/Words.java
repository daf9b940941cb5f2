package dev.loadstar.demo.shop;

/** What names are made of. */
final class Words {
  static final String[] FIRST_NAMES = {
    "Ada", "Ben", "Clara", "David", "Emma", "Felix", "Greta", "Hugo", "Ida", "Jonas", "Klara",
    "Leo", "Mia", "Noah", "Olga", "Paul", "Rosa", "Simon", "Tilda", "Viktor", "Wanda", "Zoe"
  };
  static final String[] LAST_NAMES = {
    "Adler", "Berger", "Conrad", "Dietz", "Ernst", "Falk", "Gruber", "Huber", "Ivens", "Jansen",
    "Keller", "Lorenz", "Maurer", "Novak", "Ostrom", "Pohl", "Richter", "Sommer", "Thoma", "Urban",
    "Vogt", "Winter"
  };
  static final String[] STREETS = {
    "Ahornweg",
    "Bahnhofstrasse",
    "Birkenallee",
    "Gartenweg",
    "Hauptstrasse",
    "Lindenplatz",
    "Marktgasse",
    "Rosenweg",
    "Schulstrasse",
    "Uferpromenade"
  };

  /** City, country, region, latitude and longitude in degrees. */
  static final String[][] CITIES = {
    {"Berlin", "DE", "north", "52.520008", "13.404954"},
    {"Hamburg", "DE", "north", "53.551086", "9.993682"},
    {"Leipzig", "DE", "north", "51.339695", "12.373075"},
    {"Munich", "DE", "south", "48.137154", "11.576124"},
    {"Freiburg", "DE", "south", "47.999008", "7.842104"},
    {"Vienna", "AT", "east", "48.208176", "16.373819"},
    {"Graz", "AT", "east", "47.070714", "15.439504"},
    {"Salzburg", "AT", "east", "47.809490", "13.055010"},
    {"Zurich", "CH", "west", "47.376887", "8.541694"},
    {"Basel", "CH", "west", "47.559599", "7.588576"}
  };

  static final String[] SEGMENTS = {"consumer", "family", "small business", "corporate"};
  static final String[] CATEGORIES = {"kitchen", "garden", "office", "sport", "toys"};
  static final String[] ADJECTIVES = {
    "Small", "Large", "Blue", "Green", "Light", "Sturdy", "Folding", "Classic", "Quiet", "Bright"
  };
  static final String[] THINGS = {
    "Kettle",
    "Lamp",
    "Chair",
    "Notebook",
    "Watering Can",
    "Football",
    "Puzzle",
    "Bowl",
    "Ladder",
    "Backpack"
  };

  private Words() {}
}
