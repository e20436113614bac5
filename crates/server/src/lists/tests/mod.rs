mod favorites;
mod live;
mod searches;
